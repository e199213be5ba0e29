/* Questions about calls, see drivers/python.py. */
#include "calls.h"

#include <stdio.h>

struct question {
    long long id;
    object *function;
    struct call call;
    bool asks_for_arguments;
};

static bool read_function(struct reader *reader, object *names, struct question *question) {
    object *name = read_text(reader);
    object *function = name == NULL ? NULL : PyDict_GetItemWithError(names, name);
    Py_DecRef(name);
    if (function == NULL || function->kind != &PyFunction_Type) return false;
    question->function = same(function);
    return true;
}

static bool read_question(struct reader *reader, object *names, struct question *question) {
    bool has_start = skip(reader, "{\"id\":") && read_number(reader, &question->id) && skip(reader, ",\"call\":");
    if (!has_start || !read_function(reader, names, question) || !read_call(reader, &question->call)) return false;
    question->asks_for_arguments = skip(reader, ",\"argsAfter\":true}");
    return question->asks_for_arguments || skip(reader, ",\"argsAfter\":false}");
}

static void release(struct question *question) {
    Py_DecRef(question->function);
    release_call(&question->call);
}

static bool write_answer(struct text *answer, const struct question *question, object *result) {
    char start[64];
    snprintf(start, sizeof start, "{\"id\":%lld,\"returned\":", question->id);
    begin(answer, start);
    struct writer writer = {.text = answer};
    if (!write_value(&writer, result)) return false;
    if (question->asks_for_arguments) {
        put_words(answer, ",\"argsAfter\":");
        if (!write_value(&writer, question->call.args)) return false;
    }
    put_words(answer, "}");
    return answer->size <= MAX_CHARACTERS;
}

/* Takes the result. Null with an error of Python's, None when it was sent, else what is left to the driver. */
static object *answer(const struct question *question, object *result, object *error) {
    static struct text text;
    object *rest;
    if (result != NULL && write_answer(&text, question, result)) {
        rest = send_line(&text);
    } else {
        object *args = question->call.args;
        object *wants = question->asks_for_arguments ? &_Py_TrueStruct : &_Py_FalseStruct;
        rest = Py_BuildValue("(LOOOO)", question->id, args, wants, result ? result : NONE, error ? error : NONE);
    }
    Py_DecRef(result);
    Py_DecRef(error);
    return rest;
}

static object *answer_line(void *names, const char *line, size_t size) {
    struct reader reader = {.at = line, .end = line + size};
    struct question question = {0};
    object *rest;
    if (read_question(&reader, names, &question) && reader.at == reader.end) {
        object *error = NULL;
        object *result = make_call(question.function, &question.call, &error);
        rest = answer(&question, result, error);
    } else {
        rest = left_to_driver(NULL, line, size);
    }
    release(&question);
    return rest;
}

object *serve_calls(object *self, object *args) {
    (void)self;
    object *names;
    return PyArg_ParseTuple(args, "O", &names) ? with_lines(answer_line, names) : NULL;
}
