/* Text that grows. */
#include "calls.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_ROOM = 4096 };

static const struct {
    char letter, character;
} escapes[] = {
    {'"', '"'}, {'\\', '\\'}, {'/', '/'}, {'b', '\b'}, {'f', '\f'}, {'n', '\n'}, {'r', '\r'}, {'t', '\t'},
};
enum { ESCAPES = sizeof escapes / sizeof *escapes };

char letter_of(char character) {
    for (size_t index = 0; index < ESCAPES; index++) {
        if (escapes[index].character == character) return escapes[index].letter;
    }
    return '\0';
}

char character_of(char letter) {
    for (size_t index = 0; index < ESCAPES; index++) {
        if (escapes[index].letter == letter) return escapes[index].character;
    }
    return '\0';
}

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

void begin(struct text *text, const char *words) {
    text->size = 0;
    text->is_cut = false;
    put_words(text, words);
}

void put_words(struct text *text, const char *words) {
    put(text, words, strlen(words));
}
