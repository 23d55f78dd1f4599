/* What went wrong, in one place. A function that can fail returns a code and takes a
 * struct error last:
 *
 *     return error_set(e, BAD_DATA, "a JSON string does not end");
 *
 * Messages: what is wrong first, lower case, subject in 'single quotes', no full stop.
 * Reader, file, record and line are put before it once, by dataset/scan. */
#ifndef CMED_BASE_ERROR_H
#define CMED_BASE_ERROR_H

enum error_code {
    OK = 0,
    NO_MEMORY,
    BAD_DATA, /* the bytes are not what they should be: a matter of one record */
    BAD_FILE, /* the same, but nothing behind it can be trusted: on_error cannot pass it */
    BAD_USE,  /* the caller asked for something that there is not */
    BAD_IO,   /* the operating system said no */
    INTERRUPTED
};

enum { ERROR_TEXT_MAX = 512 };

struct error {
    enum error_code code;
    char text[ERROR_TEXT_MAX]; /* cut at a character boundary */
};

/* Fills e (NULL is fine) and returns code. */
__attribute__((format(printf, 3, 4))) enum error_code
error_set(struct error *e, enum error_code code, const char *format, ...);

enum error_code error_no_memory(struct error *e);

#endif
