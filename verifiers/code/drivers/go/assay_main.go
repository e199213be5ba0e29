// Serves calls to functions in Go: lines of JSON on descriptor 3, one reply to each question, in lock step; the protocol
// of ../python.py. Nothing expected is in here, so that a reply that a candidate forges has to be right.
package main

import (
	assayBufio "bufio"
	assayJson "encoding/json"
	assayFmt "fmt"
	assayOs "os"
	assayReflect "reflect"
	assayStrings "strings"
)

type assayQuestion struct {
	Load      bool
	Id        int
	Call      string
	Args      []any
	ArgsAfter bool
	/** Of a suite, which needs values as they were and not as plain data. */
	Typed bool
}

func main() {
	channel := assayOs.NewFile(3, "channel")
	lines := assayBufio.NewReader(channel)
	for first := true; ; first = false {
		line, err := lines.ReadBytes('\n')
		if err != nil {
			return
		}
		reply := `{"compiled":true}`
		if !first {
			reply = assayReplyTo(line)
		}
		if _, err := channel.WriteString(reply + "\n"); err != nil {
			assayOs.Exit(1)
		}
	}
}

func assayReplyTo(line []byte) string {
	var question assayQuestion
	decoder := assayJson.NewDecoder(assayStrings.NewReader(string(line)))
	decoder.UseNumber()
	if err := decoder.Decode(&question); err != nil {
		assayOs.Exit(1)
	}
	if question.Load {
		return `{"loaded":true}`
	}
	return assayFmt.Sprintf(`{"id":%d,%s}`, question.Id, assayAnswer(question))
}

func assayAnswer(question assayQuestion) (members string) {
	function, found := assayFunctions[question.Call]
	if !found {
		return `"undefined":` + assayQuote(question.Call)
	}
	defer func() {
		if misfit, is := recover().(assayMisfit); is {
			members = `"unserialisable":` + assayQuote(misfit.what)
		}
	}()
	value := assayReflect.ValueOf(function)
	kind := value.Type()
	if kind.IsVariadic() || kind.NumIn() != len(question.Args) {
		panic(assayMisfit{"the function takes another number of arguments"})
	}
	assayIsTyped = question.Typed
	arguments := make([]assayReflect.Value, kind.NumIn())
	for i := range arguments {
		arguments[i] = assayDecode(question.Args[i], kind.In(i))
	}
	members = assayCall(value, arguments)
	if question.ArgsAfter {
		texts := make([]string, len(arguments))
		for i, argument := range arguments {
			texts[i] = assayEncode(argument)
		}
		members += `,"argsAfter":[` + assayStrings.Join(texts, ",") + "]"
	}
	return members
}

/** A panic, and an error that is returned last, count as exceptions. */
func assayCall(function assayReflect.Value, arguments []assayReflect.Value) (members string) {
	var results []assayReflect.Value
	if panicked := assayTry(func() { results = function.Call(arguments) }); panicked != "" {
		return panicked
	}
	if assayIsTyped {
		return `"returned":{"$tuple":[` + assayEncodeAll(results) + "]}"
	}
	if last := len(results) - 1; last >= 0 && results[last].Type() == assayReflect.TypeOf((*error)(nil)).Elem() {
		if err, _ := results[last].Interface().(error); err != nil {
			return assayRaised("error", err.Error())
		}
		results = results[:last]
	}
	if len(results) == 0 {
		return `"returned":null`
	}
	if len(results) == 1 {
		return `"returned":` + assayEncode(results[0])
	}
	return `"returned":{"$tuple":[` + assayEncodeAll(results) + "]}"
}

func assayTry(action func()) (members string) {
	defer func() {
		if what := recover(); what != nil {
			members = assayRaised("panic", assayFmt.Sprint(what))
		}
	}()
	action()
	return ""
}

func assayRaised(kind string, message string) string {
	if len(message) > 1000 {
		message = message[:1000]
	}
	return `"raised":{"type":` + assayQuote(kind) + `,"bases":[],"message":` + assayQuote(message) + "}"
}
