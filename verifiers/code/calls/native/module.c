/* What the drivers ask for. */
#include "calls.h"

/* Reads a line of any JSON. */
static object *read_any;

static object *open_lines(object *self, object *args) {
    (void)self;
    int fd;
    if (!PyArg_ParseTuple(args, "iO", &fd, &read_any)) return NULL;
    Py_IncRef(read_any);
    open_channel(fd);
    return same(NONE);
}

static object *take_line(object *self, object *args) {
    (void)self;
    (void)args;
    return with_line(left_to_driver, NULL);
}

/* A line as what it says in JSON. */
static object *read_line(void *unused, const char *line, size_t size) {
    struct reader reader = {.at = line, .end = line + size, .is_raw = true};
    object *value = read_value(&reader);
    if (value != NULL && reader.at == reader.end) return value;
    Py_DecRef(value);
    object *rest = Py_BuildValue("(N)", left_to_driver(unused, line, size));
    value = rest == NULL ? NULL : PyObject_CallObject(read_any, rest);
    Py_DecRef(rest);
    return value;
}

static object *ask(object *self, object *args) {
    (void)self;
    (void)args;
    return with_line(read_line, NULL);
}

static object *reply(object *self, object *args) {
    (void)self;
    static struct text line;
    object *text;
    if (!PyArg_ParseTuple(args, "O", &text)) return NULL;
    const char *words = PyUnicode_AsUTF8AndSize(text, NULL);
    if (words == NULL) return NULL;
    begin(&line, words);
    return send_line(&line);
}

static struct method methods[] = {
    {"open_lines", open_lines, METH_VARARGS, NULL},
    {"take_line", take_line, METH_VARARGS, NULL},
    {"ask", ask, METH_VARARGS, NULL},
    {"reply", reply, METH_VARARGS, NULL},
    {"serve_calls", serve_calls, METH_VARARGS, NULL},
    {"serve_requests", serve_requests, METH_VARARGS, NULL},
};

/* An interpreter that begins its objects in another way cannot be served. */
static bool is_as_expected(void) {
    object *kind = PyObject_Type(NONE);
    bool is = NONE->kind == kind;
    Py_DecRef(kind);
    return is;
}

/* A list of the functions above; None where they cannot work. */
object *functions(void) {
    if (!is_as_expected()) return same(NONE);
    object *list = PyList_New(0);
    for (size_t index = 0; list != NULL && index < sizeof methods / sizeof *methods; index++) {
        object *function = PyCFunction_NewEx(&methods[index], NULL, NULL);
        if (function == NULL || PyList_Append(list, function) < 0) return NULL;
        Py_DecRef(function);
    }
    return list;
}
