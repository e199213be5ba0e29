/* Of the Python interpreter that loads this: what it has exported, in this shape, since 3.9. */
#ifndef INTERPRETER_H
#define INTERPRETER_H

#include <sys/types.h>

/* How an object begins, see `is_as_expected` of module.c. */
typedef struct object {
    ssize_t references;
    struct object *kind;
} object;

extern object _Py_NoneStruct, _Py_TrueStruct, _Py_FalseStruct;
extern object PyLong_Type, PyFloat_Type, PyUnicode_Type, PyList_Type, PyTuple_Type, PyDict_Type, PyFunction_Type;
extern object *PyExc_OSError;

extern void Py_IncRef(object *item);
extern void Py_DecRef(object *item);
extern object *PyObject_Type(object *item);
extern object *PyObject_Call(object *callable, object *args, object *kwargs);
extern object *PyObject_CallObject(object *callable, object *args);
extern object *PyObject_GetAttrString(object *item, const char *name);

extern object *PyLong_FromLongLong(long long number);
extern long long PyLong_AsLongLongAndOverflow(object *item, int *overflow);
extern object *PyFloat_FromDouble(double number);
extern double PyFloat_AsDouble(object *item);
extern double PyOS_string_to_double(const char *text, char **end, object *overflow);
extern char *PyOS_double_to_string(double number, char format, int precision, int flags, int *type);
extern void PyMem_Free(void *room);

extern object *PyUnicode_FromStringAndSize(const char *text, ssize_t size);
extern const char *PyUnicode_AsUTF8AndSize(object *item, ssize_t *size);
extern object *PyBytes_FromStringAndSize(const char *data, ssize_t size);
extern ssize_t PyBytes_Size(object *item);

extern object *PyList_New(ssize_t size);
extern ssize_t PyList_Size(object *list);
extern object *PyList_GetItem(object *list, ssize_t index); /* borrowed */
extern object *PyList_GetSlice(object *list, ssize_t from, ssize_t to);
extern object *PyList_AsTuple(object *list);
extern int PyList_Append(object *list, object *item);
extern ssize_t PyTuple_Size(object *tuple);
extern object *PyTuple_GetItem(object *tuple, ssize_t index); /* borrowed */
extern object *PyDict_New(void);
extern object *PyDict_Copy(object *dict);
extern ssize_t PyDict_Size(object *dict);
extern int PyDict_Next(object *dict, ssize_t *position, object **key, object **value); /* borrowed */
extern object *PyDict_GetItemWithError(object *dict, object *key);                    /* borrowed */
extern int PyDict_SetItem(object *dict, object *key, object *value);

extern void PyErr_Clear(void);
extern object *PyErr_Occurred(void); /* borrowed */
extern void PyErr_Fetch(object **kind, object **value, object **trace);
extern void PyErr_NormalizeException(object **kind, object **value, object **trace);
extern int PyException_SetTraceback(object *error, object *trace);
extern object *PyErr_SetFromErrno(object *kind);
extern object *PyErr_NoMemory(void);
extern int PyErr_CheckSignals(void);

extern void *PyEval_SaveThread(void);
extern void PyEval_RestoreThread(void *thread);

extern object *Py_BuildValue(const char *format, ...);
extern int PyArg_ParseTuple(object *args, const char *format, ...);

/* A function of ours, as the interpreter knows it. */
struct method {
    const char *name;
    object *(*function)(object *self, object *args);
    int flags;
    const char *help;
};
enum { METH_VARARGS = 1 };
extern object *PyCFunction_NewEx(struct method *method, object *self, object *module);

#define NONE (&_Py_NoneStruct)

#endif
