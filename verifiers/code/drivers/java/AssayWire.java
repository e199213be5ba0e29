import java.lang.reflect.Array;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.javatuples.Tuple;

/** Values of calls in Java: read from and written to the wire notation, by type; and JSON. */
final class AssayWire {
  private AssayWire() {}

  /** A value that does not fit the type of a parameter, or that has no notation. */
  static final class Misfit extends RuntimeException {
    Misfit(String message) {
      super(message);
    }
  }

  /** Whether values say what no reader of plain data asks: the classes of numbers, of characters and of what is empty. */
  static boolean isTyped = false;

  static Object tagged(Object json, String tag) {
    return json instanceof Map<?, ?> map && map.size() == 1 ? map.get(tag) : null;
  }

  static Object decode(Object json, Type type) {
    if (type instanceof ParameterizedType generic) return decodeGeneric(json, generic);
    if (type instanceof GenericArrayType array) {
      Type item = array.getGenericComponentType();
      return decodeArray(items(json, "$tuple"), item, (Class<?>) ((ParameterizedType) item).getRawType());
    }
    Class<?> kind = (Class<?>) type;
    if (json == null && !kind.isPrimitive()) return null;
    if (kind.isArray()) return decodeArray(items(json, "$tuple"), kind.getComponentType(), kind.getComponentType());
    if (kind == boolean.class || kind == Boolean.class) return require(json, Boolean.class);
    if (kind == String.class) return require(json, String.class);
    if (kind == char.class || kind == Character.class) return character(text(json, "$Character"));
    if (kind == Object.class) return plain(json);
    BigDecimal number = number(json);
    try {
      if (kind == int.class || kind == Integer.class) return number.intValueExact();
      if (kind == long.class || kind == Long.class) return number.longValueExact();
      if (kind == short.class || kind == Short.class) return number.shortValueExact();
      if (kind == byte.class || kind == Byte.class) return number.byteValueExact();
      if (kind == BigInteger.class) return number.toBigIntegerExact();
    } catch (ArithmeticException error) {
      throw new Misfit("a whole number in range was expected");
    }
    if (kind == double.class || kind == Double.class) return special(json, number);
    if (kind == float.class || kind == Float.class) return (float) special(json, number);
    throw new Misfit("the method takes a " + kind.getSimpleName());
  }

  private static String text(Object json, String tag) {
    Object inner = tagged(json, tag);
    return require(inner == null ? json : inner, String.class);
  }

  private static double special(Object json, BigDecimal number) {
    Object word = json instanceof Map<?, ?> map ? map.values().iterator().next() : null;
    if ("nan".equals(word)) return Double.NaN;
    if ("inf".equals(word)) return Double.POSITIVE_INFINITY;
    if ("-inf".equals(word)) return Double.NEGATIVE_INFINITY;
    return "-0.0".equals(word) ? -0.0 : number.doubleValue();
  }

  private static BigDecimal number(Object json) {
    Object tagged = json instanceof Map<?, ?> map && map.size() == 1 ? map.values().iterator().next() : null;
    if (tagged instanceof String word) {
      return word.endsWith("nan") || word.endsWith("inf") ? BigDecimal.ZERO : new BigDecimal(word);
    }
    return require(json, BigDecimal.class);
  }

  /** What an Object gets: the value that was written, as far as it says of what class it is. */
  private static Object plain(Object json) {
    if (json instanceof List<?> list) return new ArrayList<>(list.stream().map(AssayWire::plain).toList());
    if (json instanceof BigDecimal number) return plainNumber(number);
    if (!(json instanceof Map<?, ?> map) || map.size() != 1) return json;
    String tag = (String) map.keySet().iterator().next();
    Object inner = map.get(tag);
    Type[] objects = {Object.class, Object.class};
    return switch (tag) {
      case "$Integer" -> decode(json, Integer.class);
      case "$Long", "$int" -> decode(json, Long.class);
      case "$Short" -> decode(json, Short.class);
      case "$Byte" -> decode(json, Byte.class);
      case "$BigInteger" -> decode(json, BigInteger.class);
      case "$Float" -> decode(json, Float.class);
      case "$Double", "$float" -> decode(json, Double.class);
      case "$Character" -> decode(json, Character.class);
      case "$Optional" -> optional(json, Object.class);
      case "$set" -> filled(new LinkedHashSet<>(), items(json, "$set"), Object.class);
      case "$dict" -> decodeMap(new LinkedHashMap<>(), json, objects);
      case "$tuple" -> Tuple.of(filled(new ArrayList<>(), items(inner, ""), Object.class).toArray());
      default -> json;
    };
  }

  private static Object plainNumber(BigDecimal number) {
    try {
      return number.intValueExact();
    } catch (ArithmeticException error) {
      return number.doubleValue();
    }
  }

  private static Optional<?> optional(Object json, Type type) {
    if (tagged(json, "$Optional") instanceof List<?> inner) {
      return inner.isEmpty() ? Optional.empty() : Optional.of(decode(inner.get(0), type));
    }
    return json == null ? Optional.empty() : Optional.of(decode(json, type));
  }

  private static char character(String text) {
    if (text.length() != 1) throw new Misfit("one character was expected");
    return text.charAt(0);
  }

  private static <T> T require(Object json, Class<T> kind) {
    if (kind.isInstance(json)) return kind.cast(json);
    throw new Misfit("a " + kind.getSimpleName() + " was expected");
  }

  static List<?> items(Object json, String tag) {
    Object inner = tagged(json, tag);
    return require(inner == null ? json : inner, List.class);
  }

  private static Object decodeArray(List<?> items, Type type, Class<?> kind) {
    Object array = Array.newInstance(kind, items.size());
    for (int i = 0; i < items.size(); i++) Array.set(array, i, decode(items.get(i), type));
    return array;
  }

  private static Object decodeGeneric(Object json, ParameterizedType type) {
    Class<?> raw = (Class<?>) type.getRawType();
    Type[] parts = type.getActualTypeArguments();
    if (raw == Optional.class) return optional(json, parts[0]);
    if (json == null) return null;
    if (Tuple.class.isAssignableFrom(raw)) return decodeTuple(items(json, "$tuple"), raw, parts);
    if (raw.isAssignableFrom(ArrayList.class)) return filled(new ArrayList<>(), items(json, "$tuple"), parts[0]);
    if (raw.isAssignableFrom(LinkedList.class)) return filled(new LinkedList<>(), items(json, "$tuple"), parts[0]);
    if (raw.isAssignableFrom(LinkedHashSet.class)) return filled(new LinkedHashSet<>(), items(json, "$set"), parts[0]);
    if (raw.isAssignableFrom(TreeSet.class)) return filled(new TreeSet<>(), items(json, "$set"), parts[0]);
    if (raw.isAssignableFrom(LinkedHashMap.class)) return decodeMap(new LinkedHashMap<>(), json, parts);
    if (raw.isAssignableFrom(TreeMap.class)) return decodeMap(new TreeMap<>(), json, parts);
    throw new Misfit("the method takes a " + raw.getSimpleName());
  }

  private static Collection<Object> filled(Collection<Object> target, List<?> items, Type type) {
    for (Object item : items) target.add(decode(item, type));
    return target;
  }

  private static Object decodeTuple(List<?> items, Class<?> raw, Type[] types) {
    if (items.size() != types.length) throw new Misfit("a tuple of another length was expected");
    Object[] values = new Object[types.length];
    for (int i = 0; i < values.length; i++) values[i] = decode(items.get(i), types[i]);
    return Tuple.of(values);
  }

  private static Map<Object, Object> decodeMap(Map<Object, Object> map, Object json, Type[] types) {
    if (tagged(json, "$dict") instanceof List<?> pairs) {
      for (Object pair : pairs) {
        List<?> parts = items(pair, "");
        map.put(decode(parts.get(0), types[0]), decode(parts.get(1), types[1]));
      }
      return map;
    }
    for (Map.Entry<?, ?> entry : ((Map<?, ?>) require(json, Map.class)).entrySet()) {
      map.put(decode(entry.getKey(), types[0]), decode(entry.getValue(), types[1]));
    }
    return map;
  }

  static void encode(StringBuilder out, Object value) {
    if (value == null) out.append("null");
    else if (value instanceof Boolean) out.append(value);
    else if (isTyped && isScalar(value)) encodeScalar(out, value);
    else if (value instanceof String || value instanceof Character) quote(out, value.toString());
    else if (value instanceof Float || value instanceof Double) encodeFloat(out, ((Number) value).doubleValue());
    else if (value instanceof Number) out.append("{\"$int\":\"").append(value).append("\"}");
    else if (value instanceof Optional<?> optional) encodeOptional(out, optional);
    else if (value instanceof Tuple tuple) encodeAll(out.append("{\"$tuple\":"), tuple.toList()).append('}');
    else if (value instanceof Set<?> set) encodeAll(out.append("{\"$set\":"), set).append('}');
    else if (value instanceof Collection<?> list) encodeAll(out, list);
    else if (value instanceof Map<?, ?> map) encodeMap(out, map);
    else if (value.getClass().isArray()) encodeAll(out, listOf(value));
    else throw new Misfit("a " + value.getClass().getSimpleName());
  }

  private static boolean isScalar(Object value) {
    return value instanceof Number || value instanceof Character;
  }

  /** With the name of its class. */
  private static void encodeScalar(StringBuilder out, Object value) {
    boolean isFloat = value instanceof Float || value instanceof Double;
    String word = isFloat ? wordOf(((Number) value).doubleValue()) : value.toString();
    quote(out.append("{\"$").append(value.getClass().getSimpleName()).append("\":"), word);
    out.append('}');
  }

  /** What is empty is told from null. */
  private static void encodeOptional(StringBuilder out, Optional<?> optional) {
    if (isTyped) encodeAll(out.append("{\"$Optional\":"), optional.stream().toList()).append('}');
    else encode(out, optional.orElse(null));
  }

  private static void encodeFloat(StringBuilder out, double value) {
    out.append("{\"$float\":\"").append(wordOf(value)).append("\"}");
  }

  private static String wordOf(double value) {
    return Double.isNaN(value) ? "nan" : Double.isInfinite(value) ? (value > 0 ? "inf" : "-inf") : "" + value;
  }

  private static List<Object> listOf(Object array) {
    List<Object> items = new ArrayList<>();
    for (int i = 0; i < Array.getLength(array); i++) items.add(Array.get(array, i));
    return items;
  }

  private static StringBuilder encodeAll(StringBuilder out, Collection<?> items) {
    out.append('[');
    String comma = "";
    for (Object item : items) {
      encode(out.append(comma), item);
      comma = ",";
    }
    return out.append(']');
  }

  private static void encodeMap(StringBuilder out, Map<?, ?> map) {
    out.append("{\"$dict\":[");
    String comma = "[";
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      encode(out.append(comma), entry.getKey());
      encode(out.append(','), entry.getValue());
      out.append(']');
      comma = ",[";
    }
    out.append("]}");
  }

  static void quote(StringBuilder out, String text) {
    out.append('"');
    for (char letter : text.toCharArray()) {
      if (letter == '"' || letter == '\\') out.append('\\').append(letter);
      else if (letter < 0x20 || letter > 0x7e) out.append(String.format("\\u%04x", (int) letter));
      else out.append(letter);
    }
    out.append('"');
  }

  /** Reads JSON that was written without blanks. Numbers keep their digits. */
  static final class Parser {
    private final String text;
    private int at;

    Parser(String text) {
      this.text = text;
    }

    private boolean take(char wanted) {
      boolean found = at < text.length() && text.charAt(at) == wanted;
      if (found) at++;
      return found;
    }

    Object value() {
      if (take('"')) return word();
      if (take('[')) return list();
      if (take('{')) return object();
      int start = at;
      while (at < text.length() && ",]}".indexOf(text.charAt(at)) < 0) at++;
      String word = text.substring(start, at);
      return switch (word) {
        case "null" -> null;
        case "true" -> true;
        case "false" -> false;
        default -> new BigDecimal(word);
      };
    }

    private List<Object> list() {
      List<Object> items = new ArrayList<>();
      if (take(']')) return items;
      do items.add(value());
      while (take(','));
      take(']');
      return items;
    }

    private Map<String, Object> object() {
      Map<String, Object> map = new LinkedHashMap<>();
      if (take('}')) return map;
      do {
        take('"');
        String key = word();
        take(':');
        map.put(key, value());
      } while (take(','));
      take('}');
      return map;
    }

    private String word() {
      StringBuilder out = new StringBuilder();
      for (char letter = text.charAt(at++); letter != '"'; letter = text.charAt(at++)) {
        out.append(letter == '\\' ? escaped() : letter);
      }
      return out.toString();
    }

    private char escaped() {
      char letter = text.charAt(at++);
      int plain = "nrtbf".indexOf(letter);
      if (plain >= 0) return "\n\r\t\b\f".charAt(plain);
      if (letter != 'u') return letter;
      at += 4;
      return (char) Integer.parseInt(text.substring(at - 4, at), 16);
    }
  }
}
