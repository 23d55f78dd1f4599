/* Files, when the system says no: every call that file.c makes is made here first. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "../../ext/read/file.h"
#include "read_check.h"

#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/un.h>

/* The system calls of the program are this file's own: a name that an executable defines goes
 * before libc's. */

enum call { CALL_NONE, CALL_OPEN, CALL_FSTAT, CALL_PREAD, CALL_LSTAT, CALL_OPENDIR, CALL_READDIR };

static struct {
    enum call call;  /* what fails */
    unsigned at;     /* at which call of it, from 1 on; 0: at all */
    int error;       /* as what; 0: pread says that the file is over */
    size_t most;     /* bytes that pread gives at once; 0: all */
    unsigned count;  /* calls of it so far */
    int open;        /* files that are open */
    unsigned breaks; /* every so many calls is interrupted; 0: none */
    unsigned calls;  /* of any kind */
} fault;

static bool fault_hits(enum call call) {
    if (fault.breaks && (call == CALL_OPEN || call == CALL_PREAD) &&
        ++fault.calls % fault.breaks == 0) {
        errno = EINTR;
        return true;
    }
    if (fault.call != call || (++fault.count != fault.at && fault.at))
        return false;
    errno = fault.error;
    return true;
}

static void *fault_libc(const char *name) {
    void *function = dlsym(RTLD_NEXT, name);
    assert_non_null(function);
    return function;
}

/* A function as dlsym gives it. */
#define LIBC(type, name) (*(type *)&(void *){fault_libc(name)})

int open(const char *path, int flags, ...) {
    typedef int function(const char *, int, ...);
    va_list mode;
    va_start(mode, flags);
    int written = flags & O_CREAT ? LIBC(function *, "open")(path, flags, va_arg(mode, int)) : -1;
    va_end(mode);
    if (flags & O_CREAT) /* not the program's: gcov, at the end */
        return written;
    if (fault_hits(CALL_OPEN))
        return -1;
    assert_int_equal(flags, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    int fd = LIBC(function *, "open")(path, flags);
    fault.open += fd >= 0;
    return fd;
}

int close(int fd) {
    typedef int function(int);
    fault.open--;
    return LIBC(function *, "close")(fd);
}

int fstat(int fd, struct stat *out) {
    typedef int function(int, struct stat *);
    return fault_hits(CALL_FSTAT) ? -1 : LIBC(function *, "fstat")(fd, out);
}

int lstat(const char *path, struct stat *out) {
    typedef int function(const char *, struct stat *);
    return fault_hits(CALL_LSTAT) ? -1 : LIBC(function *, "lstat")(path, out);
}

ssize_t pread(int fd, void *to, size_t n, off_t at) {
    typedef ssize_t function(int, void *, size_t, off_t);
    if (fault_hits(CALL_PREAD))
        return errno ? -1 : 0;
    return LIBC(function *, "pread")(fd, to, fault.most && n > fault.most ? fault.most : n, at);
}

DIR *opendir(const char *path) {
    typedef DIR *function(const char *);
    return fault_hits(CALL_OPENDIR) ? NULL : LIBC(function *, "opendir")(path);
}

struct dirent *readdir(DIR *folder) {
    typedef struct dirent *function(DIR *);
    return fault_hits(CALL_READDIR) ? NULL : LIBC(function *, "readdir")(folder);
}

static int fault_begin(void **state) {
    fault.call = CALL_NONE;
    fault.at = fault.count = fault.breaks = 0;
    fault.most = 0;
    fault.open = 0;
    return check_folder_make(state);
}

static int fault_end(void **state) {
    fault.call = CALL_NONE;
    fault.breaks = 0;
    int open_files = fault.open, failed = check_folder_remove(state);
    return failed || open_files != 0 || heap_live != 0 ? -1 : 0;
}

static void fault_set(enum call call, unsigned at, int error) {
    fault.call = call;
    fault.at = at;
    fault.error = error;
    fault.count = 0;
}

/* 10,007 bytes that differ from place to place. */
static struct span file_bytes(void) {
    static uint8_t bytes[10007];
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (uint8_t)(i * 7 + i / 251);
    return span_of(bytes, sizeof bytes);
}

static enum error_code file_all(const char *path, size_t step, struct buf *out, struct error *e) {
    struct store *store;
    struct source *s;
    enum error_code code = file_store(path, &store, e);
    if (!code)
        code = store_source(store, true, 0, UINT64_MAX, &s, e);
    if (code)
        return code;
    code = check_read(s, step, out, e);
    source_close(s);
    return code;
}

static void read_whole(void **state) {
    static const size_t most[] = {0, 1, 7, 4096}, steps[] = {1, 100, 4096, 1 << 20};
    static const unsigned breaks[] = {0, 2, 3};
    (void)state;
    check_write("f", file_bytes());
    for (size_t i = 0; i < COUNT(most) * COUNT(steps) * COUNT(breaks); i++) {
        struct buf out = {0};
        struct error e;
        fault.most = most[i % COUNT(most)];
        fault.breaks = breaks[i / COUNT(most) / COUNT(steps)];
        assert_int_equal(file_all(check_path("f"), steps[i / COUNT(most) % COUNT(steps)], &out, &e),
                         OK);
        check_bytes(out, file_bytes());
        buf_free(&out);
    }
}

/* Whichever call fails: the bytes before it, and the error; never a silent end. */
static void errors_are_said(void **state) {
    static const struct {
        enum call call;
        int error;
        const char *message;
    } cases[] = {
        {CALL_OPEN, EACCES, "the file cannot be opened: Permission denied"},
        {CALL_OPEN, EMFILE, "the file cannot be opened: Too many open files"},
        {CALL_FSTAT, EIO, "the file cannot be read: Input/output error"},
        {CALL_PREAD, EIO, "the file cannot be read: Input/output error"},
        {CALL_PREAD, ESTALE, "the file cannot be read: Stale file handle"},
        {CALL_PREAD, 0, "the file changed while it was read"},
    };
    (void)state;
    check_write("f", file_bytes());
    for (size_t i = 0; i < COUNT(cases); i++) {
        bool hit = true;
        for (unsigned at = 1; hit; at++) {
            struct buf out = {0};
            struct error e;
            fault.most = 1000;
            fault_set(cases[i].call, at, cases[i].error);
            enum error_code code = file_all(check_path("f"), 1500, &out, &e);
            hit = fault.count >= at;
            /* A read that was cut short is tried again from where it stopped. */
            bool passed = code == OK && cases[i].call == CALL_PREAD && out.n == file_bytes().n;
            assert_true(hit ? code == BAD_IO || passed : code == OK);
            if (code)
                assert_string_equal(e.text, cases[i].message);
            check_bytes(out, span_slice(file_bytes(), 0, out.n));
            assert_true(code || out.n == file_bytes().n);
            buf_free(&out);
        }
    }
}

static void a_lasting_error_is_said(void **state) {
    struct buf out = {0};
    struct error e;
    struct store *store;
    struct source *s;
    (void)state;
    check_write("f", file_bytes());
    assert_int_equal(file_store(check_path("f"), &store, &e), OK);
    assert_int_equal(store_source(store, true, 0, UINT64_MAX, &s, &e), OK);
    size_t got;
    assert_int_equal(buf_reserve(&out, 4000, &e), OK);
    assert_int_equal(source_read(s, out.p, 4000, &got, &e), OK);
    out.n = got;
    fault_set(CALL_PREAD, 0, EIO);
    for (int again = 0; again < 3; again++) {
        assert_int_equal(check_read(s, 4000, &out, &e), BAD_IO);
        check_bytes(out, span_slice(file_bytes(), 0, 4000));
    }
    source_close(s);
    buf_free(&out);
}

/* What happens to the file once 4,000 bytes of it are read. */
static void file_grows(const char *path) {
    FILE *f = fopen(path, "ab");
    assert_non_null(f);
    fputs("more", f);
    fclose(f);
}

static void file_shrinks(const char *path) {
    assert_int_equal(truncate(path, 5000), 0);
}

static void file_is_emptied(const char *path) {
    assert_int_equal(truncate(path, 0), 0);
}

static void file_is_touched(const char *path) {
    const struct timespec times[2] = {{0, 0}, {1000000000, 1}};
    assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
}

static void file_is_replaced(const char *path) {
    check_write("other", file_bytes());
    assert_int_equal(rename(check_path("other"), path), 0);
}

static void changes_are_noticed(void **state) {
    static const struct {
        void (*change)(const char *path);
        size_t left; /* bytes that come before it is noticed */
        enum error_code code;
    } cases[] = {
        {file_grows, 10007, BAD_IO},     {file_shrinks, 5000, BAD_IO},
        {file_is_emptied, 4000, BAD_IO}, {file_is_touched, 10007, BAD_IO},
        {file_is_replaced, 10007, OK}, /* the old one, which lost its name: read to its end */
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct buf out = {0};
        struct error e;
        struct store *store;
        struct source *s;
        size_t got;
        check_write("f", file_bytes());
        assert_int_equal(file_store(check_path("f"), &store, &e), OK);
        assert_int_equal(store_source(store, true, 0, UINT64_MAX, &s, &e), OK);
        assert_int_equal(buf_reserve(&out, 4000, &e), OK);
        assert_int_equal(source_read(s, out.p, 4000, &got, &e), OK);
        out.n = got;
        cases[i].change(check_path("f"));
        enum error_code code = check_read(s, 700, &out, &e);
        assert_int_equal(code, cases[i].code);
        if (code)
            assert_string_equal(e.text, "the file changed while it was read");
        check_bytes(out, span_slice(file_bytes(), 0, cases[i].left));
        source_close(s);
        buf_free(&out);
    }
}

static void a_file_that_stays_is_no_change(void **state) {
    struct store *store;
    struct error e;
    uint8_t byte;
    size_t got;
    (void)state;
    check_write("f", file_bytes());
    assert_int_equal(file_store(check_path("f"), &store, &e), OK);
    assert_int_equal(store->size, 10007);
    for (int again = 0; again < 3; again++) {
        assert_int_equal(store->read_at(store, 10007, &byte, 1, &got, &e), OK);
        assert_int_equal(got, 0);
        assert_int_equal(store->read_at(store, UINT64_MAX, &byte, 1, &got, &e), OK);
        assert_int_equal(got, 0);
        assert_int_equal(store->read_at(store, 10006, &byte, 1, &got, &e), OK);
        assert_int_equal(got, 1);
        assert_int_equal(byte, file_bytes().p[10006]);
    }
    store_close(store);
}

static void no_regular_file(void **state) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    struct store *store;
    (void)state;
    assert_int_equal(mkdir(check_path("folder"), 0700), 0);
    assert_int_equal(mkfifo(check_path("fifo"), 0600), 0);
    assert_int_equal(symlink("nowhere", check_path("dangling")), 0);
    assert_int_equal(symlink("circle", check_path("circle")), 0);
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);
    snprintf(address.sun_path, sizeof address.sun_path, "%s/socket", check_folder);
    assert_int_equal(bind(fd, (struct sockaddr *)&address, sizeof address), 0);
    const struct {
        const char *path, *message;
    } cases[] = {
        {check_folder, "it is a folder, not a file"},
        {check_path("fifo"), "it is a FIFO, not a file"},
        {"/dev/null", "it is a device, not a file"},
        {"/dev/zero", "it is a device, not a file"},
        {"/proc/self", "it is a folder, not a file"},
        {check_path("dangling"), "the file cannot be opened: No such file or directory"},
        {check_path("circle"), "the file cannot be opened: Too many levels of symbolic links"},
        {check_path("socket"), "the file cannot be opened: No such device or address"},
        {"", "the file cannot be opened: No such file or directory"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct error e;
        assert_int_equal(file_store(cases[i].path, &store, &e), BAD_IO);
        assert_string_equal(e.text, cases[i].message);
    }
    fault.open++; /* the socket was not opened by open */
    close(fd);
}

static void a_link_to_a_file_is_read(void **state) {
    struct buf out = {0};
    struct error e;
    (void)state;
    check_write("f", span_text("text"));
    assert_int_equal(symlink("f", check_path("link")), 0);
    assert_int_equal(file_all(check_path("link"), 10, &out, &e), OK);
    check_bytes(out, span_text("text"));
    buf_free(&out);
}

static void looks(void **state) {
    static const struct {
        const char *name;
        enum file_kind kind;
        bool link;
        uint64_t size;
    } cases[] = {
        {"f", FILE_REGULAR, false, 4},    {"folder", FILE_FOLDER, false, 0},
        {"link", FILE_REGULAR, true, 4},  {"to", FILE_FOLDER, true, 0},
        {"fifo", FILE_OTHER, false, 0},   {"dangling", FILE_NONE, true, 0},
        {"missing", FILE_NONE, false, 0}, {"f/x", FILE_NONE, false, 0},
    };
    (void)state;
    check_write("f", span_text("text"));
    assert_int_equal(mkdir(check_path("folder"), 0700), 0);
    assert_int_equal(mkfifo(check_path("fifo"), 0600), 0);
    assert_int_equal(symlink("f", check_path("link")), 0);
    assert_int_equal(symlink("folder", check_path("to")), 0);
    assert_int_equal(symlink("nowhere", check_path("dangling")), 0);
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct file_look look;
        struct error e;
        assert_int_equal(file_look(check_path(cases[i].name), &look, &e), OK);
        assert_int_equal(look.kind, cases[i].kind);
        assert_int_equal(look.link, cases[i].link);
        if (look.kind == FILE_REGULAR)
            assert_int_equal(look.size, cases[i].size);
        fault_set(CALL_LSTAT, 1, EACCES);
        assert_int_equal(file_look(check_path(cases[i].name), &look, &e), BAD_IO);
        assert_string_equal(e.text, "it cannot be looked at: Permission denied");
        fault_set(CALL_NONE, 0, 0);
    }
}

static void names_of_a_folder(void **state) {
    struct buf names = {0};
    struct error e;
    (void)state;
    assert_int_equal(file_names(check_folder, &names, &e), OK);
    assert_int_equal(names.n, 0);
    check_write("one", span_text(""));
    check_write("\xB2\xA1\xFF", span_text(""));
    assert_int_equal(file_names(check_folder, &names, &e), OK);
    assert_int_equal(names.n, 8);
    assert_true(memcmp(names.p, "one\0\xB2\xA1\xFF", 8) == 0 ||
                memcmp(names.p, "\xB2\xA1\xFF\0one", 8) == 0);
    buf_free(&names);
    assert_int_equal(file_names(check_path("one"), &names, &e), BAD_IO);
    assert_string_equal(e.text, "the folder cannot be read: Not a directory");
    for (unsigned at = 1; at <= 5; at++) { /* ., .., two names and the end */
        fault_set(CALL_READDIR, at, EIO);
        assert_int_equal(file_names(check_folder, &names, &e), BAD_IO);
        assert_string_equal(e.text, "the folder cannot be read: Input/output error");
    }
    fault_set(CALL_OPENDIR, 1, EMFILE);
    assert_int_equal(file_names(check_folder, &names, &e), BAD_IO);
    buf_free(&names);
}

static void parts_of_a_store(void **state) {
    static const struct {
        uint64_t at, n;
        const char *bytes;
    } cases[] = {
        {0, UINT64_MAX, "0123456789"},
        {0, 10, "0123456789"},
        {0, 0, ""},
        {3, 4, "3456"},
        {9, 1, "9"},
        {9, 100, "9"},
        {10, 1, ""},
        {UINT64_MAX, 1, ""},
        {5, UINT64_MAX, "56789"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases) * 2; i++) {
        struct store *store;
        struct source *s;
        struct buf out = {0};
        struct error e;
        bool own = i % 2;
        char *copy = memory_alloc(10);
        memcpy(copy, "0123456789", 10);
        assert_int_equal(blob_store(own ? copy : "0123456789", 10, own, &store, &e), OK);
        assert_int_equal(store_source(store, own, cases[i / 2].at, cases[i / 2].n, &s, &e), OK);
        assert_int_equal(check_read(s, 3, &out, &e), OK);
        check_bytes(out, span_text(cases[i / 2].bytes));
        source_close(s);
        if (!own) {
            store_close(store);
            memory_free(copy);
        }
        buf_free(&out);
    }
    source_close(NULL);
    store_close(NULL);
}

static enum error_code file_run(void *of) {
    struct buf out = {0};
    enum error_code code = file_all(of, 4096, &out, NULL);
    struct store *store;
    struct source *s;
    if (!code)
        code = blob_store(out.p, out.n, true, &store, NULL);
    else
        buf_free(&out);
    if (!code)
        code = store_source(store, true, 0, UINT64_MAX, &s, NULL);
    if (!code)
        source_close(s);
    return code;
}

static void memory_ends_anywhere(void **state) {
    char path[512];
    (void)state;
    check_write("f", file_bytes());
    snprintf(path, sizeof path, "%s", check_path("f"));
    heap_sweep(file_run, path);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, fault_begin, fault_end)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(read_whole),
        TEST(errors_are_said),
        TEST(a_lasting_error_is_said),
        TEST(changes_are_noticed),
        TEST(a_file_that_stays_is_no_change),
        TEST(no_regular_file),
        TEST(a_link_to_a_file_is_read),
        TEST(looks),
        TEST(names_of_a_folder),
        TEST(parts_of_a_store),
        TEST(memory_ends_anywhere),
    };
    heap_use();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
