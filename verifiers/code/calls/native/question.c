/* What questions about calls have in common. */
#include "calls.h"

object *same(object *item) {
    Py_IncRef(item);
    return item;
}

void release_call(struct call *call) {
    Py_DecRef(call->args);
    Py_DecRef(call->kwargs);
    *call = (struct call){0};
}

static object *read_of(struct reader *reader, object *kind) {
    object *value = read_value(reader);
    if (value == NULL || value->kind == kind) return value;
    Py_DecRef(value);
    return NULL;
}

bool read_call(struct reader *reader, struct call *call) {
    if (skip(reader, ",\"args\":")) call->args = read_of(reader, &PyList_Type);
    if (call->args != NULL && skip(reader, ",\"kwargs\":")) call->kwargs = read_of(reader, &PyDict_Type);
    return call->kwargs != NULL;
}

object *make_call(object *function, const struct call *call, object **error) {
    object *args = PyList_AsTuple(call->args), *kind, *trace;
    object *kwargs = PyDict_Size(call->kwargs) > 0 ? call->kwargs : NULL;
    object *result = args == NULL ? NULL : PyObject_Call(function, args, kwargs);
    Py_DecRef(args);
    if (result != NULL) return result;
    PyErr_Fetch(&kind, error, &trace);
    PyErr_NormalizeException(&kind, error, &trace);
    if (trace != NULL) PyException_SetTraceback(*error, trace);
    Py_DecRef(kind);
    Py_DecRef(trace);
    return NULL;
}

object *left_to_driver(void *unused, const char *line, size_t size) {
    (void)unused;
    PyErr_Clear();
    return PyBytes_FromStringAndSize(line, size);
}
