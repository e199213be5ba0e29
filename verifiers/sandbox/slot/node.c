/*
 * Makes a nursery of Node. Loaded into it ahead of the C library, and by main.cjs as its native module: once the warm
 * programs are loaded there, `nurse` clones a first process of this one for each job, and returns in it.
 */
#define _GNU_SOURCE
#include "node.h"
#include "slot.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

/* Of Node, which keeps these as they are from one version to the next. */
typedef struct napi_environment *napi_env;
typedef struct napi_item *napi_value;
typedef struct napi_call *napi_callback_info;
typedef napi_value napi_callback(napi_env, napi_callback_info);
extern int napi_create_function(napi_env, const char *name, size_t size, napi_callback *, void *data, napi_value *);
extern int napi_create_array(napi_env, napi_value *);
extern int napi_create_int32(napi_env, int32_t, napi_value *);
extern int napi_create_string_utf8(napi_env, const char *text, size_t size, napi_value *);
extern int napi_get_cb_info(napi_env, napi_callback_info, size_t *count, napi_value *, napi_value *receiver, void **data);
extern int napi_get_uv_event_loop(napi_env, void **loop);
extern int napi_get_value_int32(napi_env, napi_value, int32_t *);
extern int napi_get_value_string_utf8(napi_env, napi_value, char *text, size_t room, size_t *size);
extern int napi_set_element(napi_env, napi_value array, uint32_t index, napi_value);
extern int napi_set_named_property(napi_env, napi_value object, const char *name, napi_value);
extern int uv_loop_fork(void *loop);
extern void uv_update_time(void *loop);

/* As the loop is to be after a fork. */
static void settle(void *loop, int *number) {
    renew_fds();
    settle_threads(number);
    if (uv_loop_fork(loop) != 0) give_out("the event loop");
    uv_update_time(loop);
}

static napi_value text_value(napi_env env, const char *text) {
    napi_value value = NULL;
    napi_create_string_utf8(env, text, strlen(text), &value);
    return value;
}

static napi_value as_array(napi_env env, char *const words[]) {
    napi_value array = NULL;
    napi_create_array(env, &array);
    for (uint32_t index = 0; words[index] != NULL; index++) {
        napi_set_element(env, array, index, text_value(env, words[index]));
    }
    return array;
}

/* Returns in each process that is to become a warm program, with a list: its number, its command line, variables as
 * NAME=value, and the process's number. */
static napi_value nurse_node(napi_env env, napi_callback_info call) {
    (void)call;
    void *loop;
    if (napi_get_uv_event_loop(env, &loop) != 0) _exit(1);
    prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
    unsetenv(TOOLS_LIBRARIES);
    unsetenv("LD_PRELOAD");
    int *thread = thread_number();
    if (thread == NULL || !note_fds() || !await_sleep()) _exit(1); /* jobs start a Node of their own then */
    if (send(TOOLS_RELAY, "r", 1, MSG_NOSIGNAL) < 0) _exit(1);
    struct warm_job job = nurse(TOOLS_RELAY, (struct filter){0});
    settle(loop, thread);
    napi_value number, list;
    napi_create_int32(env, job.program, &number);
    napi_create_array(env, &list);
    napi_set_element(env, list, 0, number);
    napi_set_element(env, list, 1, as_array(env, job.argv));
    napi_set_element(env, list, 2, as_array(env, job.variables));
    napi_create_int32(env, getpid(), &number);
    napi_set_element(env, list, 3, number);
    return list;
}

/* Ends the process with a code. Node itself would take down its heap first, and wait for its threads. */
static napi_value end_node(napi_env env, napi_callback_info call) {
    size_t count = 1;
    napi_value argument;
    int32_t code = 0;
    napi_get_cb_info(env, call, &count, &argument, NULL, NULL);
    napi_get_value_int32(env, argument, &code);
    fflush(NULL);
    _exit(code);
}

/* A socket that has the text to read, and its end after it; another to be closed with it. For rehearsals. */
static napi_value converse_with(napi_env env, napi_callback_info call) {
    size_t count = 1, size = 0;
    napi_value argument, list, value;
    napi_get_cb_info(env, call, &count, &argument, NULL, NULL);
    napi_get_value_string_utf8(env, argument, NULL, 0, &size);
    char *text = malloc(size + 1);
    int ends[2];
    if (text == NULL || socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) < 0) _exit(1);
    napi_get_value_string_utf8(env, argument, text, size + 1, &size);
    if (!send_all(ends[1], text, size)) _exit(1);
    shutdown(ends[1], SHUT_WR);
    free(text);
    napi_create_array(env, &list);
    for (uint32_t index = 0; index < 2; index++) {
        napi_create_int32(env, ends[index], &value);
        napi_set_element(env, list, index, value);
    }
    return list;
}

napi_value napi_register_module_v1(napi_env env, napi_value exports) {
    note_loaded();
    const struct {
        const char *name;
        napi_callback *function;
    } functions[] = {{"nurse", nurse_node}, {"end", end_node}, {"converseWith", converse_with}};
    for (size_t index = 0; index < sizeof functions / sizeof *functions; index++) {
        napi_value function;
        const char *name = functions[index].name;
        if (napi_create_function(env, name, strlen(name), functions[index].function, NULL, &function) == 0)
            napi_set_named_property(env, exports, name, function);
    }
    return exports;
}
