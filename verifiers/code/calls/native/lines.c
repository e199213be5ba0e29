/* The lines of a channel. */
#include "calls.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { CHUNK = 65536 };

static int channel = -1;
/* What was read, of which the first bytes are used up. */
static struct text unread;
static size_t used;

void open_channel(int fd) {
    channel = fd;
    unread.size = used = 0;
}

/* Reads or writes as the interpreter does: other threads run meanwhile, and signals are heeded. */
static ssize_t transfer(bool writes, char *data, size_t size) {
    for (;;) {
        void *thread = PyEval_SaveThread();
        ssize_t count = writes ? write(channel, data, size) : read(channel, data, size);
        int reason = errno;
        PyEval_RestoreThread(thread);
        if (count >= 0) return count;
        errno = reason;
        if (reason != EINTR) PyErr_SetFromErrno(PyExc_OSError);
        if (reason != EINTR || PyErr_CheckSignals() < 0) return -1;
    }
}

/* The count of bytes that came after those unread, which are moved to the front. */
static ssize_t read_more(void) {
    unread.size -= used;
    if (used > 0) memmove(unread.data, unread.data + used, unread.size);
    used = 0;
    if (unread.room < unread.size + CHUNK) {
        size_t room = unread.room * 2 + CHUNK;
        char *grown = realloc(unread.data, room);
        if (grown == NULL) return PyErr_NoMemory(), -1;
        unread.data = grown;
        unread.room = room;
    }
    ssize_t count = transfer(false, unread.data + unread.size, CHUNK);
    if (count > 0) unread.size += count;
    return count;
}

/* The next line. Null at the end, or with an error of Python's. */
static const char *next_line(size_t *size) {
    size_t searched = 0;
    for (;;) {
        char *from = unread.data + used;
        size_t rest = unread.size - used - searched;
        char *newline = rest > 0 ? memchr(from + searched, '\n', rest) : NULL;
        if (newline != NULL) {
            *size = newline - from;
            used += *size + 1;
            return from;
        }
        searched = unread.size - used;
        if (read_more() <= 0) return NULL;
    }
}

object *with_line(line_function *use, void *context) {
    size_t size;
    const char *line = next_line(&size);
    if (line != NULL) return use(context, line, size);
    return PyErr_Occurred() ? NULL : same(NONE);
}

object *with_lines(line_function *use, void *context) {
    for (size_t size;;) {
        const char *line = next_line(&size);
        if (line == NULL) return PyErr_Occurred() ? NULL : same(NONE);
        object *rest = use(context, line, size);
        if (rest != NONE) return rest;
        Py_DecRef(rest);
    }
}

object *send_line(struct text *text) {
    put(text, "\n", 1);
    if (text->is_cut) return PyErr_NoMemory();
    for (size_t sent = 0; sent < text->size;) {
        ssize_t count = transfer(true, text->data + sent, text->size - sent);
        if (count < 0) return NULL;
        sent += count;
    }
    return same(NONE);
}
