// JSON as it travels, and what exceptions are called: for the driver of calls and for suites.
#include "assay_wire.hpp"

namespace assay {

namespace {

struct Parser {
  const char *at, *end;
  int depth = 0;

  [[noreturn]] void fail() const { throw Misfit{"no JSON"}; }
  void skip() {
    while (at < end && (*at == ' ' || *at == '\t')) ++at;
  }
  bool take(char wanted) {
    skip();
    if (at >= end || *at != wanted) return false;
    ++at;
    return true;
  }
  unsigned hex() {
    unsigned code = 0;
    if (end - at < 4 || std::from_chars(at, at + 4, code, 16).ptr != at + 4) fail();
    at += 4;
    return code;
  }
  static void put(std::string &out, unsigned code) {
    if (code < 0x80) out += static_cast<char>(code);
    else if (code < 0x800) (out += static_cast<char>(0xC0 | code >> 6)) += static_cast<char>(0x80 | (code & 63));
    else if (code < 0x10000) ((out += static_cast<char>(0xE0 | code >> 12)) += static_cast<char>(0x80 | (code >> 6 & 63))) += static_cast<char>(0x80 | (code & 63));
    else (((out += static_cast<char>(0xF0 | code >> 18)) += static_cast<char>(0x80 | (code >> 12 & 63))) += static_cast<char>(0x80 | (code >> 6 & 63))) += static_cast<char>(0x80 | (code & 63));
  }
  void escape(std::string &out) {
    switch (const char letter = at < end ? *at++ : 0) {
    case 'n': out += '\n'; return;
    case 't': out += '\t'; return;
    case 'r': out += '\r'; return;
    case 'b': out += '\b'; return;
    case 'f': out += '\f'; return;
    case 'u': {
      unsigned code = hex();
      if (code >= 0xD800 && code < 0xDC00 && end - at >= 6 && at[0] == '\\' && at[1] == 'u') {
        at += 2;
        code = 0x10000 + ((code - 0xD800) << 10) + (hex() - 0xDC00);
      }
      put(out, code);
      return;
    }
    default: out += letter;
    }
  }
  std::string text() {
    std::string out;
    while (at < end && *at != '"') {
      if (*at == '\\') ++at, escape(out);
      else out += *at++;
    }
    if (at >= end) fail();
    ++at;
    return out;
  }
  Json value() {
    if (++depth > 400) fail();
    Json json;
    if (take('"')) json.kind = Json::text, json.word = text();
    else if (take('[')) list(json);
    else if (take('{')) object(json);
    else word(json);
    --depth;
    return json;
  }
  void list(Json &json) {
    json.kind = Json::list;
    if (take(']')) return;
    do json.items.push_back(value());
    while (take(','));
    if (!take(']')) fail();
  }
  void object(Json &json) {
    json.kind = Json::object;
    if (take('}')) return;
    do {
      if (!take('"')) fail();
      json.keys.push_back(text());
      if (!take(':')) fail();
      json.items.push_back(value());
    } while (take(','));
    if (!take('}')) fail();
  }
  void word(Json &json) {
    skip();
    const char *start = at;
    while (at < end && !std::strchr(",]} \t", *at)) ++at;
    json.word.assign(start, at);
    if (json.word == "null") json.kind = Json::null;
    else if (json.word == "true" || json.word == "false") json.kind = Json::boolean;
    else json.kind = Json::number;
  }
};

template <class... Class> void name_bases(std::string &out, const std::exception *error, const std::string &own) {
  auto one = [&](bool is, const char *mangled) {
    const std::string name = plain(mangled);
    if (!is || name == own) return;
    if (out.back() != '[') out += ',';
    quote(out, name);
  };
  (one(dynamic_cast<const Class *>(error), typeid(Class).name()), ...);
}

} // namespace

Json parse(const std::string &line) { return Parser{line.data(), line.data() + line.size()}.value(); }

void quote(std::string &out, std::string_view text) {
  out += '"';
  for (const unsigned char letter : text) {
    if (letter == '"' || letter == '\\') (out += '\\') += static_cast<char>(letter);
    else if (letter < 0x20) {
      char code[8];
      std::snprintf(code, sizeof code, "\\u%04x", letter);
      out += code;
    } else out += static_cast<char>(letter);
  }
  out += '"';
}

namespace {

/** How many bytes the character at the front has; 0 where they are no UTF-8. */
std::size_t size_of_character(std::string_view text) {
  const auto at = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u; };
  const unsigned first = at(0), second = at(1);
  const std::size_t size = first < 0x80 ? 1 : first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0;
  for (std::size_t i = 1; i < size; ++i)
    if ((at(i) & 0xC0) != 0x80) return 0;
  const bool is_long = (first == 0xE0 && second < 0xA0) || (first == 0xF0 && second < 0x90);
  const bool is_none = (first == 0xED && second > 0x9F) || (first == 0xF4 && second > 0x8F);
  return is_long || is_none ? 0 : size;
}

bool is_utf8(std::string_view text) {
  while (!text.empty()) {
    const std::size_t size = size_of_character(text);
    if (size == 0) return false;
    text.remove_prefix(size);
  }
  return true;
}

constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

} // namespace

void write_text(std::string &out, std::string_view text) {
  if (is_utf8(text)) return quote(out, text);
  out += "{\"$bytes\":\"";
  for (std::size_t i = 0; i < text.size(); i += 3) {
    unsigned bits = 0;
    for (std::size_t j = i; j < i + 3; ++j) bits = bits << 8 | (j < text.size() ? static_cast<unsigned char>(text[j]) : 0u);
    for (std::size_t j = 0; j < 4; ++j) out += i + j > text.size() ? '=' : letters[bits >> (18 - 6 * j) & 63];
  }
  out += "\"}";
}

std::string bytes_of(std::string_view base64) {
  std::string out;
  unsigned bits = 0, count = 0;
  for (const char letter : base64) {
    if (letter == '=') break;
    const std::size_t six = letters.find(letter);
    if (six == std::string_view::npos) throw Misfit{"no base64"};
    bits = bits << 6 | static_cast<unsigned>(six);
    if ((count += 6) >= 8) out += static_cast<char>(bits >> (count -= 8) & 255);
  }
  return out;
}

std::string plain(const char *mangled) {
  int status = 0;
  char *name = abi::__cxa_demangle(mangled, nullptr, nullptr, &status);
  std::string out = name ? name : mangled;
  std::free(name);
  return out;
}

std::string describe(const std::exception *error) {
  const std::type_info *type = abi::__cxa_current_exception_type();
  const std::string own = type ? plain(type->name()) : "unknown";
  std::string out = "{\"type\":";
  quote(out, own);
  out += ",\"bases\":[";
  name_bases<std::out_of_range, std::invalid_argument, std::length_error, std::domain_error, std::overflow_error,
             std::underflow_error, std::range_error, std::logic_error, std::runtime_error, std::bad_alloc,
             std::exception>(out, error, own);
  out += "],\"message\":";
  quote(out, error ? std::string(error->what()).substr(0, 1000) : "");
  return out + "}";
}

} // namespace assay
