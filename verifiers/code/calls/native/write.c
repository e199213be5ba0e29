/* Plain values in the notation: what is exactly of a built-in class, and asks no code of the candidate's. */
#include "calls.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { ADD_DOT_0 = 2 };
static const long long SAFE_INTEGER = 1LL << 53;

static bool write_int(struct text *text, object *value) {
    char digits[48];
    int overflow;
    long long number = PyLong_AsLongLongAndOverflow(value, &overflow);
    if (overflow != 0) return false;
    bool is_safe = -SAFE_INTEGER < number && number < SAFE_INTEGER;
    snprintf(digits, sizeof digits, is_safe ? "%lld" : "{\"$int\":\"%lld\"}", number);
    put_words(text, digits);
    return true;
}

static bool write_float(struct text *text, object *value) {
    double number = PyFloat_AsDouble(value);
    bool is_tagged = !isfinite(number) || number == floor(number);
    char *digits = PyOS_double_to_string(number, 'r', 0, ADD_DOT_0, NULL);
    if (digits == NULL) return false;
    if (is_tagged) put_words(text, "{\"$float\":\"");
    put_words(text, digits);
    if (is_tagged) put_words(text, "\"}");
    PyMem_Free(digits);
    return true;
}

/* Only what is in ASCII is plain. */
bool write_text(struct text *text, object *value) {
    ssize_t size;
    const char *at = PyUnicode_AsUTF8AndSize(value, &size);
    if (at == NULL) return PyErr_Clear(), false;
    put(text, "\"", 1);
    for (const char *end = at + size, *from = at; at <= end; at++) {
        if (at < end && ' ' <= *at && *at <= '~' && *at != '"' && *at != '\\') continue;
        put(text, from, at - from);
        from = at + 1;
        if (at == end) break;
        const char escape[] = {'\\', letter_of(*at)};
        if (escape[1] == '\0') return false;
        put(text, escape, sizeof escape);
    }
    put(text, "\"", 1);
    return true;
}

/* One part of a container. */
static bool write_part(struct writer *writer, const char *separator, object *item) {
    put_words(writer->text, separator);
    return write_value(writer, item);
}

static bool write_list(struct writer *writer, object *list) {
    put(writer->text, "[", 1);
    for (ssize_t index = 0; index < PyList_Size(list); index++) {
        if (!write_part(writer, index == 0 ? "" : ",", PyList_GetItem(list, index))) return false;
    }
    put(writer->text, "]", 1);
    return true;
}

static bool write_tuple(struct writer *writer, object *tuple) {
    put_words(writer->text, "{\"$tuple\":[");
    for (ssize_t index = 0; index < PyTuple_Size(tuple); index++) {
        if (!write_part(writer, index == 0 ? "" : ",", PyTuple_GetItem(tuple, index))) return false;
    }
    put_words(writer->text, "]}");
    return true;
}

/* Whether a JSON object can hold its keys. */
static bool has_plain_keys(object *dict) {
    object *key, *value;
    for (ssize_t position = 0; PyDict_Next(dict, &position, &key, &value);) {
        if (key->kind != &PyUnicode_Type) return false;
        if (PyDict_Size(dict) > 1) continue;
        const char *name = PyUnicode_AsUTF8AndSize(key, NULL);
        if (name == NULL || name[0] == '$') return PyErr_Clear(), false;
    }
    return true;
}

static bool write_dict(struct writer *writer, object *dict) {
    bool is_plain = has_plain_keys(dict);
    int depth = writer->depth;
    if (!is_plain && ++writer->depth > MAX_DEPTH) return false; /* its pairs are lists */
    const char *separator = is_plain ? "{" : "{\"$dict\":[";
    object *key, *value;
    for (ssize_t position = 0; PyDict_Next(dict, &position, &key, &value); separator = ",") {
        put_words(writer->text, separator);
        if (!is_plain) put(writer->text, "[", 1);
        if (is_plain ? !write_text(writer->text, key) : !write_value(writer, key)) return false;
        if (!write_part(writer, is_plain ? ":" : ",", value)) return false;
        if (!is_plain) put(writer->text, "]", 1);
    }
    put_words(writer->text, PyDict_Size(dict) == 0 ? "{}" : is_plain ? "}" : "]}");
    writer->depth = depth;
    return true;
}

enum known { NEW, TOLD, TOO_MANY };

/* Whether a container is told by its number, as it is when it was met before. */
static enum known tell_by_number(struct writer *writer, object *container) {
    struct containers *known = writer->known;
    if (known == NULL) return NEW;
    for (size_t index = 0; index < known->count; index++) {
        if (known->items[index] != container) continue;
        char number[40];
        snprintf(number, sizeof number, "{\"$argument\":%zu}", index);
        put_words(writer->text, number);
        return TOLD;
    }
    if (known->count == MOST_CONTAINERS) return TOO_MANY;
    known->items[known->count++] = container;
    return NEW;
}

typedef bool write_function(struct writer *writer, object *container);

static bool write_container(struct writer *writer, object *value, write_function *write, bool has_number) {
    enum known known = has_number ? tell_by_number(writer, value) : NEW;
    if (known != NEW) return known == TOLD;
    if (writer->depth == MAX_DEPTH || writer->text->size > MAX_CHARACTERS) return false;
    writer->depth++;
    bool done = write(writer, value);
    writer->depth--;
    return done;
}

bool write_value(struct writer *writer, object *value) {
    struct text *text = writer->text;
    object *kind = value->kind;
    if (kind == &PyLong_Type) return write_int(text, value);
    if (kind == &PyUnicode_Type) return write_text(text, value);
    if (kind == &PyFloat_Type) return write_float(text, value);
    if (kind == &PyList_Type) return write_container(writer, value, write_list, true);
    if (kind == &PyTuple_Type) return write_container(writer, value, write_tuple, false);
    if (kind == &PyDict_Type) return write_container(writer, value, write_dict, true);
    if (value == NONE) return put_words(text, "null"), true;
    if (value == &_Py_TrueStruct) return put_words(text, "true"), true;
    if (value == &_Py_FalseStruct) return put_words(text, "false"), true;
    return false;
}
