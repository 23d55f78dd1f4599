/* file.c - files on disk. Every system call of the program is here.
 *
 *     open -> fstat -> pread pread pread ... -> fstat again -> close
 *              |                                 |
 *              regular?                          the same size, mtime, inode? else BAD_IO
 *
 * pread and never mmap: a file that is cut while it is read must be an error, not SIGBUS. */
#include "file.h"
#include "../base/memory.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

struct file {
    struct store store;
    int fd;
    struct stat seen; /* when it was opened */
};

static enum error_code file_refused(struct error *e) {
    return error_set(e, BAD_IO, "the file cannot be read: %m");
}

static enum error_code file_unchanged(const struct file *f, struct error *e) {
    struct stat now;
    if (fstat(f->fd, &now))
        return file_refused(e);
    if (now.st_size == f->seen.st_size && now.st_ino == f->seen.st_ino &&
        now.st_dev == f->seen.st_dev && now.st_mtim.tv_sec == f->seen.st_mtim.tv_sec &&
        now.st_mtim.tv_nsec == f->seen.st_mtim.tv_nsec)
        return OK;
    return error_set(e, BAD_IO, "the file changed while it was read");
}

/* Good bytes come before the error behind them; it is met again by the read that starts there. */
static enum error_code file_read_at(struct store *store, uint64_t at, void *to, size_t n,
                                    size_t *got, struct error *e) {
    struct file *f = (struct file *)store;
    *got = 0;
    if (at >= store->size)
        return file_unchanged(f, e);
    if (n > store->size - at)
        n = (size_t)(store->size - at);
    while (*got < n) {
        ssize_t k = pread(f->fd, (uint8_t *)to + *got, n - *got, (off_t)(at + *got));
        if (k < 0 && errno == EINTR)
            continue;
        if (k <= 0 && *got > 0)
            return OK;
        if (k < 0)
            return file_refused(e);
        if (k == 0)
            return error_set(e, BAD_IO, "the file changed while it was read");
        *got += (size_t)k;
    }
    return OK;
}

static void file_close(struct store *store) {
    struct file *f = (struct file *)store;
    close(f->fd);
    memory_free(f);
}

static const char *file_kind_name(mode_t mode) {
    switch (mode & S_IFMT) {
    case S_IFDIR:
        return "a folder";
    case S_IFIFO:
        return "a FIFO";
    default:
        return "a device";
    }
}

static enum error_code file_fill(struct file *f, struct error *e) {
    if (fstat(f->fd, &f->seen))
        return file_refused(e);
    if (!S_ISREG(f->seen.st_mode))
        return error_set(e, BAD_IO, "it is %s, not a file", file_kind_name(f->seen.st_mode));
    f->store = (struct store){file_read_at, file_close, (uint64_t)f->seen.st_size};
    posix_fadvise(f->fd, 0, 0, POSIX_FADV_SEQUENTIAL);
    return OK;
}

enum error_code file_store(const char *path, struct store **out, struct error *e) {
    struct file *f = memory_alloc(sizeof *f);
    if (!f)
        return error_no_memory(e);
    do
        f->fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    while (f->fd < 0 && errno == EINTR);
    enum error_code code =
        f->fd < 0 ? error_set(e, BAD_IO, "the file cannot be opened: %m") : file_fill(f, e);
    if (!code) {
        *out = &f->store;
        return OK;
    }
    if (f->fd >= 0)
        close(f->fd);
    memory_free(f);
    return code;
}

static enum file_kind file_kind(mode_t mode) {
    if (S_ISREG(mode))
        return FILE_REGULAR;
    return S_ISDIR(mode) ? FILE_FOLDER : FILE_OTHER;
}

/* Is there nothing by that name? Any other error hides what there is. */
static bool file_leads_nowhere(int number) {
    return number == ENOENT || number == ENOTDIR || number == ELOOP || number == ENAMETOOLONG;
}

enum error_code file_look(const char *path, struct file_look *out, struct error *e) {
    struct stat seen;
    *out = (struct file_look){0};
    int failed = lstat(path, &seen);
    if (!failed && S_ISLNK(seen.st_mode)) {
        out->link = true;
        failed = stat(path, &seen);
    }
    if (failed)
        return file_leads_nowhere(errno) ? OK : error_set(e, BAD_IO, "it cannot be looked at: %m");
    out->kind = file_kind(seen.st_mode);
    out->size = (uint64_t)seen.st_size;
    out->device = (uint64_t)seen.st_dev;
    out->inode = (uint64_t)seen.st_ino;
    out->changed[0] = seen.st_ctim.tv_sec; /* a copy may set the other one back */
    out->changed[1] = seen.st_ctim.tv_nsec;
    return OK;
}

static enum error_code file_add_names(DIR *folder, struct buf *names, struct error *e) {
    for (;;) {
        errno = 0;
        const struct dirent *d = readdir(folder);
        if (!d && errno)
            return error_set(e, BAD_IO, "the folder cannot be read: %m");
        if (!d)
            return OK;
        if (strcmp(d->d_name, ".") == 0 || strcmp(d->d_name, "..") == 0)
            continue;
        enum error_code code = buf_add(names, d->d_name, strlen(d->d_name) + 1, e);
        if (code)
            return code;
    }
}

enum error_code file_names(const char *path, struct buf *names, struct error *e) {
    DIR *folder;
    do
        folder = opendir(path);
    while (!folder && errno == EINTR);
    if (!folder)
        return error_set(e, BAD_IO, "the folder cannot be read: %m");
    enum error_code code = file_add_names(folder, names, e);
    closedir(folder);
    return code;
}

const char *file_home(void) {
    const char *home = getenv("HOME");
    return home && *home ? home : NULL;
}
