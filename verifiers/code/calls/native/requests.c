/* Requests of a suite, see drivers/python_link.py. */
#include "calls.h"

#include <stdio.h>
#include <string.h>

/* What this side lends and says. */
struct side {
    /* The names of the candidate's module; None when it is the driver that lends. */
    object *names;
    object *lent;
    /* Tells the bytes that the candidate has printed. */
    object *printed;
};

static struct text text;

/* --- what the suite takes of the candidate's names ------------------------------------------------------------------ */

static bool lend(object *lent, object *item) {
    object *number = PyLong_FromLongLong(1);
    int result = number == NULL ? -1 : PyDict_SetItem(lent, number, item);
    Py_DecRef(number);
    return result == 0;
}

/* The first function that is lent. */
static bool answer_name(const struct side *side, struct reader *reader) {
    if (side->names == NONE || PyDict_Size(side->lent) > 0) return false;
    if (!skip(reader, "{\"do\":\"get\",\"on\":null,\"name\":")) return false;
    object *name = read_text(reader);
    bool is_whole = name != NULL && skip(reader, ",\"args\":[],\"kwargs\":{}}") && reader->at == reader->end;
    object *function = is_whole ? PyDict_GetItemWithError(side->names, name) : NULL;
    Py_DecRef(name);
    if (function == NULL || function->kind != &PyFunction_Type) return false;
    object *own_name = PyObject_GetAttrString(function, "__name__");
    begin(&text, "{\"value\":{\"$lent\":[1,\"function\",");
    bool done = own_name != NULL && write_text(&text, own_name) && lend(side->lent, function);
    put_words(&text, "]}}");
    Py_DecRef(own_name);
    return done;
}

/* --- calls ---------------------------------------------------------------------------------------------------------- */

struct request {
    object *function;
    struct call call;
    struct containers containers;
    /* What stood in each container before the call. */
    object *before[MOST_CONTAINERS];
};

static bool read_request(const struct side *side, struct reader *reader, struct request *request) {
    long long number;
    if (!skip(reader, "{\"do\":\"special\",\"on\":{\"$ref\":") || !read_number(reader, &number)) return false;
    if (!skip(reader, "},\"name\":\"__call__\"")) return false;
    object *key = PyLong_FromLongLong(number);
    object *function = key == NULL ? NULL : PyDict_GetItemWithError(side->lent, key);
    Py_DecRef(key);
    if (function == NULL || function->kind != &PyFunction_Type) return false;
    request->function = same(function);
    reader->made = &request->containers;
    return read_call(reader, &request->call) && skip(reader, "}") && reader->at == reader->end;
}

static object *copy_of(object *container) {
    if (container->kind == &PyDict_Type) return PyDict_Copy(container);
    return PyList_GetSlice(container, 0, PyList_Size(container));
}

static bool note_contents(struct request *request) {
    for (size_t index = 0; index < request->containers.owned; index++) {
        request->before[index] = copy_of(request->containers.items[index]);
        if (request->before[index] == NULL) return false;
    }
    return true;
}

static bool is_same_list(object *now, object *before) {
    ssize_t size = PyList_Size(now);
    if (size != PyList_Size(before)) return false;
    for (ssize_t index = 0; index < size; index++) {
        if (PyList_GetItem(now, index) != PyList_GetItem(before, index)) return false;
    }
    return true;
}

static bool is_same_dict(object *now, object *before) {
    ssize_t position = 0, other_position = 0;
    object *key, *value, *other_key, *other_value;
    if (PyDict_Size(now) != PyDict_Size(before)) return false;
    while (PyDict_Next(now, &position, &key, &value)) {
        if (!PyDict_Next(before, &other_position, &other_key, &other_value)) return false;
        if (key != other_key || value != other_value) return false;
    }
    return true;
}

static bool is_unchanged(const struct request *request) {
    for (size_t index = 0; index < request->containers.owned; index++) {
        object *now = request->containers.items[index], *before = request->before[index];
        if (!(now->kind == &PyDict_Type ? is_same_dict(now, before) : is_same_list(now, before))) return false;
    }
    return true;
}

static bool is_silent(const struct side *side) {
    object *printed = PyObject_CallObject(side->printed, NULL);
    bool is_empty = printed != NULL && PyBytes_Size(printed) == 0;
    Py_DecRef(printed);
    PyErr_Clear();
    return is_empty;
}

static bool write_result(struct request *request, object *result) {
    struct writer writer = {.text = &text, .known = &request->containers};
    begin(&text, "{\"value\":");
    bool done = write_value(&writer, result);
    put_words(&text, "}");
    request->containers.count = request->containers.owned;
    return done && text.size <= MAX_CHARACTERS;
}

static object *list_of(object *const items[], size_t count) {
    object *list = PyList_New(0);
    for (size_t index = 0; list != NULL && index < count; index++) PyList_Append(list, items[index]);
    return list;
}

/* What the driver makes the answer of. */
static object *as_told(const struct request *request, object *result, object *error) {
    size_t count = request->containers.owned;
    object *containers = list_of(request->containers.items, count), *before = list_of(request->before, count);
    object *told = containers == NULL || before == NULL
                       ? NULL
                       : Py_BuildValue("(OOOO)", containers, before, result ? result : NONE, error ? error : NONE);
    Py_DecRef(containers);
    Py_DecRef(before);
    return told;
}

/* Null with an error of Python's, None when it was answered, else what is left to the driver. */
static object *answer_call(const struct side *side, struct request *request) {
    object *error = NULL;
    object *result = make_call(request->function, &request->call, &error);
    bool is_plain = result != NULL && is_silent(side) && is_unchanged(request) && write_result(request, result);
    object *rest = !is_plain ? as_told(request, result, error) : send_line(&text);
    Py_DecRef(result);
    Py_DecRef(error);
    return rest;
}

static void release(struct request *request) {
    for (size_t index = 0; index < request->containers.owned; index++) {
        Py_DecRef(request->containers.items[index]);
        Py_DecRef(request->before[index]);
    }
    Py_DecRef(request->function);
    release_call(&request->call);
}

static object *answer_line(void *context, const char *line, size_t size) {
    const struct side *side = context;
    struct reader reader = {.at = line, .end = line + size};
    if (answer_name(side, &reader)) return send_line(&text);
    reader.at = line;
    struct request request;
    request.function = NULL;
    request.call = (struct call){0};
    request.containers.count = request.containers.owned = 0;
    bool is_plain = read_request(side, &reader, &request);
    memset(request.before, 0, request.containers.owned * sizeof *request.before);
    object *rest = is_plain && note_contents(&request) ? answer_call(side, &request) : left_to_driver(NULL, line, size);
    release(&request);
    return rest;
}

object *serve_requests(object *self, object *args) {
    (void)self;
    struct side side;
    bool done = PyArg_ParseTuple(args, "OOO", &side.names, &side.lent, &side.printed);
    return done ? with_lines(answer_line, &side) : NULL;
}
