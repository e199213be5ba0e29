/* Messages between the launcher, the relay and a first process, and buffers that grow. */
#include "slot.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static void end_process(const char *what) {
    perror(what);
    _exit(1);
}

void (*give_out)(const char *what) = end_process;

char *extend(struct bytes *bytes, size_t size) {
    if (bytes->size + size > bytes->room) {
        size_t room = 2 * bytes->room > bytes->size + size ? 2 * bytes->room : bytes->size + size;
        char *data = realloc(bytes->data, room);
        if (data == NULL) give_out("memory");
        bytes->data = data;
        bytes->room = room;
    }
    bytes->size += size;
    return bytes->data + bytes->size - size;
}

void append(struct bytes *bytes, const void *data, size_t size) {
    if (size > 0) memcpy(extend(bytes, size), data, size);
}

/* Gives back what an unusually large job took. */
void shrink(struct bytes *bytes) {
    enum { USUAL = 1 << 20 };
    bytes->size = 0;
    if (bytes->room <= USUAL) return;
    free(bytes->data);
    *bytes = (struct bytes){0};
}

bool receive_exactly(int fd, void *data, size_t size) {
    for (char *at = data; size > 0;) {
        ssize_t count = read(fd, at, size);
        if (count <= 0 && !(count < 0 && errno == EINTR)) return false;
        if (count > 0) at += count, size -= count;
    }
    return true;
}

bool receive_message(int fd, struct bytes *message) {
    uint32_t size;
    if (!receive_exactly(fd, &size, sizeof size)) return false;
    message->size = 0;
    return receive_exactly(fd, extend(message, size), size);
}

bool send_all(int fd, const void *data, size_t size) {
    for (const char *at = data; size > 0;) {
        ssize_t count = send(fd, at, size, MSG_NOSIGNAL);
        if (count < 0 && errno != EINTR) return false;
        if (count > 0) at += count, size -= count;
    }
    return true;
}

const char *take(struct cursor *cursor, size_t size) {
    if ((size_t)(cursor->end - cursor->at) < size) give_out("a message that is too short");
    cursor->at += size;
    return cursor->at - size;
}

uint32_t take_number(struct cursor *cursor) {
    uint32_t value;
    memcpy(&value, take(cursor, sizeof value), sizeof value);
    return value;
}

uint64_t take_long(struct cursor *cursor) {
    uint64_t value;
    memcpy(&value, take(cursor, sizeof value), sizeof value);
    return value;
}

const char *take_text(struct cursor *cursor, size_t *size) {
    uint32_t length = take_number(cursor);
    if (size != NULL) *size = length;
    return take(cursor, (size_t)length + 1);
}
