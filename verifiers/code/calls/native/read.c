/* Plain values from the notation. What is not plain, or not as our own writers put it, is left to the drivers. */
#include "calls.h"

#include <stdlib.h>
#include <string.h>

enum { LONGEST_WHOLE = 18, LONGEST_NUMBER = 64 };

bool skip(struct reader *reader, const char *words) {
    size_t size = strlen(words);
    if ((size_t)(reader->end - reader->at) < size || memcmp(reader->at, words, size) != 0) return false;
    reader->at += size;
    return true;
}

static char peek(const struct reader *reader) {
    return reader->at < reader->end ? *reader->at : '\0';
}

/* The digits, signs and letters of a number; 0 where it is too long. */
static size_t take_number(struct reader *reader, char number[LONGEST_NUMBER + 1], bool *is_whole) {
    size_t size = 0;
    *is_whole = true;
    for (; reader->at < reader->end && memchr("0123456789+-.eE", *reader->at, 15) != NULL; reader->at++) {
        if (size == LONGEST_NUMBER) return 0;
        if (strchr(".eE", *reader->at) != NULL) *is_whole = false;
        number[size++] = *reader->at;
    }
    number[size] = '\0';
    return size;
}

bool read_number(struct reader *reader, long long *number) {
    char text[LONGEST_NUMBER + 1];
    bool is_whole;
    size_t size = take_number(reader, text, &is_whole);
    *number = atoll(text);
    return size > 0 && size <= LONGEST_WHOLE && is_whole;
}

static object *to_float(const char *text) {
    char *end;
    double number = PyOS_string_to_double(text, &end, NULL);
    return *end != '\0' || PyErr_Occurred() ? NULL : PyFloat_FromDouble(number);
}

static object *read_any_number(struct reader *reader) {
    char text[LONGEST_NUMBER + 1];
    bool is_whole;
    size_t size = take_number(reader, text, &is_whole);
    if (size == 0 || (is_whole && size > LONGEST_WHOLE)) return NULL;
    return is_whole ? PyLong_FromLongLong(atoll(text)) : to_float(text);
}

static object *unescaped(const char *from, const char *end) {
    char *text = malloc(end - from), *to = text;
    if (text == NULL) return NULL;
    for (; from < end; from++) {
        *to = *from == '\\' ? character_of(*++from) : *from;
        if (*to++ == '\0') break;
    }
    object *made = from == end ? PyUnicode_FromStringAndSize(text, to - text) : NULL;
    free(text);
    return made;
}

object *read_text(struct reader *reader) {
    if (!skip(reader, "\"")) return NULL;
    const char *from = reader->at;
    bool is_escaped = false;
    for (; peek(reader) != '"'; reader->at++) {
        if ((unsigned char)peek(reader) < ' ') return NULL;
        if (*reader->at != '\\') continue;
        is_escaped = true;
        if (++reader->at == reader->end) return NULL;
    }
    const char *end = reader->at++;
    return is_escaped ? unescaped(from, end) : PyUnicode_FromStringAndSize(from, end - from);
}

/* Whether there was room for it. */
static bool count_in(struct reader *reader, object *container) {
    struct containers *made = reader->made;
    if (made == NULL) return true;
    if (made->count == MOST_CONTAINERS) return false;
    made->items[made->count++] = same(container);
    made->owned++;
    return true;
}

/* The items up to the bracket. */
static bool read_items(struct reader *reader, object *list) {
    if (skip(reader, "]")) return true;
    do {
        object *item = read_value(reader);
        if (item == NULL) return false;
        int result = PyList_Append(list, item);
        Py_DecRef(item);
        if (result < 0) return false;
    } while (skip(reader, ","));
    return skip(reader, "]");
}

static object *read_list(struct reader *reader) {
    object *list = PyList_New(0);
    if (list != NULL && count_in(reader, list) && read_items(reader, list)) return list;
    Py_DecRef(list);
    return NULL;
}

static bool read_member(struct reader *reader, object *dict) {
    object *key = read_text(reader);
    object *value = key != NULL && skip(reader, ":") ? read_value(reader) : NULL;
    bool done = value != NULL && PyDict_SetItem(dict, key, value) == 0;
    Py_DecRef(key);
    Py_DecRef(value);
    return done;
}

static object *read_dict(struct reader *reader) {
    object *dict = PyDict_New();
    bool done = dict != NULL && count_in(reader, dict);
    if (done && !skip(reader, "}")) {
        do done = read_member(reader, dict);
        while (done && skip(reader, ","));
        done = done && skip(reader, "}");
    }
    if (done) return dict;
    Py_DecRef(dict);
    return NULL;
}

static object *read_tuple(struct reader *reader) {
    object *list = PyList_New(0);
    bool done = list != NULL && read_items(reader, list) && skip(reader, "}");
    object *tuple = done ? PyList_AsTuple(list) : NULL;
    Py_DecRef(list);
    return tuple;
}

static object *read_float(struct reader *reader) {
    char text[LONGEST_NUMBER + 1];
    const char *end = memchr(reader->at, '"', reader->end - reader->at);
    if (end == NULL || end - reader->at > LONGEST_NUMBER) return NULL;
    memcpy(text, reader->at, end - reader->at);
    text[end - reader->at] = '\0';
    reader->at = end;
    return skip(reader, "\"}") ? to_float(text) : NULL;
}

static object *read_tagged(struct reader *reader) {
    if (skip(reader, "float\":\"")) return read_float(reader);
    return skip(reader, "tuple\":[") ? read_tuple(reader) : NULL;
}

static object *read_by_its_start(struct reader *reader) {
    if (skip(reader, "[")) return read_list(reader);
    if (!reader->is_raw && skip(reader, "{\"$")) return read_tagged(reader);
    if (skip(reader, "{")) return read_dict(reader);
    if (skip(reader, "null")) return same(NONE);
    if (skip(reader, "true")) return same(&_Py_TrueStruct);
    if (skip(reader, "false")) return same(&_Py_FalseStruct);
    return peek(reader) == '"' ? read_text(reader) : read_any_number(reader);
}

object *read_value(struct reader *reader) {
    if (reader->depth == MAX_DEPTH) return NULL;
    reader->depth++;
    object *value = read_by_its_start(reader);
    reader->depth--;
    return value;
}
