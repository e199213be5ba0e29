/*
 * What every call of a Python function takes: reading a question, and writing its answer.
 *
 * Done here for plain questions about plain functions with plain results. Whatever else comes is handed to the drivers,
 * in Python, which can do all of it: see drivers/python_native.py. The notation of values is that of
 * drivers/python_wire.py and drivers/python_link_wire.py.
 *
 * Native, because a fresh process has to copy each page that it writes to, and Python writes to whatever it touches:
 * half of the pages of a short job were those of its driver.
 */
#ifndef CALLS_H
#define CALLS_H

#include <stdbool.h>
#include <stddef.h>

#include "interpreter.h"

/* Within the library, names are its own. */
#pragma GCC visibility push(hidden)

/* text.c: text that grows. Where memory is out it stays as it is, and says so at its end. */
struct text {
    char *data;
    size_t size;
    size_t room;
    bool is_cut;
};
/* Empties it, and puts the first words. */
void begin(struct text *text, const char *words);
void put(struct text *text, const char *data, size_t size);
void put_words(struct text *text, const char *words);
/* The letter that stands after a backslash for a character, and the character; 0 for another one. */
char letter_of(char character);
char character_of(char letter);

/* lines.c: the channel, which one reader and writer uses at a time. What is returned is None at its end or when all is done,
 * and null with an error of Python's. */
void open_channel(int fd);
/* What comes of a line, which stands until another one is read. */
typedef object *line_function(void *context, const char *line, size_t size);
object *with_line(line_function *use, void *context);
/* The same of line after line, while that is None. */
object *with_lines(line_function *use, void *context);
object *send_line(struct text *text);

/* Bounds on a value: those of python_wire.py. */
enum { MAX_DEPTH = 200, MAX_CHARACTERS = 4 << 20 };

/* Lists and dicts in the order in which they are met, which is their number. Those that were read are owned, those that
 * are being written are not. */
enum { MOST_CONTAINERS = 128 };
struct containers {
    object *items[MOST_CONTAINERS];
    size_t count;
    size_t owned;
};

/* read.c: each function tells whether it found what it looks for, or that is null with or without an error of Python's. */
struct reader {
    const char *at;
    const char *end;
    int depth;
    /* Reads what stands there, and not what it stands for. */
    bool is_raw;
    /* Those that were made; null where they are not counted. */
    struct containers *made;
};
bool skip(struct reader *reader, const char *words);
bool read_number(struct reader *reader, long long *number);
object *read_text(struct reader *reader);
object *read_value(struct reader *reader);

/* write.c: false for what is not plain. */
struct writer {
    struct text *text;
    int depth;
    /* Those that are told by their number; null where all are told by their content. */
    struct containers *known;
};
bool write_value(struct writer *writer, object *value);
bool write_text(struct text *text, object *value);

/* calls.c and requests.c: serve until the driver has to help; see drivers/python_channel.py. */
object *serve_calls(object *self, object *args);
object *serve_requests(object *self, object *args);

/* question.c: what both have in common. */

/* The arguments of a call, owned. */
struct call {
    object *args;
    object *kwargs;
};
/* Reads `,"args":[...],"kwargs":{...}`. */
bool read_call(struct reader *reader, struct call *call);
/* The result; null with what was raised as `error`. */
object *make_call(object *function, const struct call *call, object **error);
void release_call(struct call *call);
/* A line that is left to the driver. */
line_function left_to_driver;
object *same(object *item);

#pragma GCC visibility pop

/* module.c */
object *functions(void);

#endif
