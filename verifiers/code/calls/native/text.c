/* Text that grows. */
#include "calls.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_ROOM = 4096 };

void put(struct text *text, const char *data, size_t size) {
    if (text->size + size > text->room) {
        size_t room = text->room == 0 ? FIRST_ROOM : text->room;
        while (room < text->size + size) room *= 2;
        char *grown = realloc(text->data, room);
        text->is_cut |= grown == NULL;
        if (grown == NULL) return;
        text->data = grown;
        text->room = room;
    }
    memcpy(text->data + text->size, data, size);
    text->size += size;
}

void put_words(struct text *text, const char *words) {
    put(text, words, strlen(words));
}
