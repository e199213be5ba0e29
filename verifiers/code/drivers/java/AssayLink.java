import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * What stands for the candidate's methods where a suite in Java runs. No candidate code is there: a call travels to the
 * candidate's own sandbox, as a question of the protocol of ../python.py, and what comes back is data.
 */
public final class AssayLink {
  private AssayLink() {}

  static AssayChannel channel;
  static int calls = 0;
  static String asked = "";
  static String answered = "";

  /** Asks the candidate for a call of a method with the types of the one of this name in a class. */
  public static synchronized <T> T ask(Class<?> standIn, String name, Object... arguments) {
    Method method = find(standIn, name, arguments.length);
    Map<?, ?> reply = exchange(name, arguments);
    Type[] types = method.getGenericParameterTypes();
    if (reply.get("argsAfter") instanceof List<?> after) {
      for (int i = 0; i < arguments.length; i++) keep(arguments[i], AssayWire.decode(after.get(i), types[i]));
    }
    if (reply.get("raised") instanceof Map<?, ?> raised) throw AssayLink.<RuntimeException>unchecked(thrown(raised));
    if (method.getReturnType() == void.class) return null;
    try {
      @SuppressWarnings("unchecked")
      T result = (T) AssayWire.decode(reply.get("returned"), method.getGenericReturnType());
      return result;
    } catch (AssayWire.Misfit misfit) {
      throw AssaySuite.stop("TypeError", "what the candidate answered does not fit: " + misfit.getMessage());
    }
  }

  private static Method find(Class<?> standIn, String name, int count) {
    for (Method method : standIn.getDeclaredMethods()) {
      if (method.getName().equals(name) && method.getParameterCount() == count) return method;
    }
    throw new IllegalStateException(name);
  }

  private static Map<?, ?> exchange(String name, Object[] arguments) {
    StringBuilder given = new StringBuilder();
    try {
      AssayWire.encode(given, arguments);
    } catch (AssayWire.Misfit misfit) {
      throw AssaySuite.breakDown("TypeError", "it passes a value that cannot travel: " + misfit.getMessage(), 0);
    }
    boolean changes = Arrays.stream(arguments).anyMatch(AssayLink::canChange);
    StringBuilder line = new StringBuilder("{\"id\":" + ++calls + ",\"call\":");
    AssayWire.quote(line, name);
    line.append(",\"args\":").append(given).append(",\"typed\":true,\"argsAfter\":").append(changes).append('}');
    asked = name + "(" + given.substring(1, given.length() - 1) + ")";
    answered = "";
    answered = AssaySuite.exchange(line.toString());
    return read(answered);
  }

  /** A reply as a driver writes it; anything else ends the suite. */
  private static Map<?, ?> read(String line) {
    Object json;
    try {
      json = new AssayWire.Parser(line).value();
    } catch (RuntimeException | StackOverflowError error) {
      json = null;
    }
    if (!(json instanceof Map<?, ?> reply)) throw AssaySuite.stop("ProtocolError", "the reply is none that a driver writes");
    if (reply.containsKey("gone")) throw AssaySuite.stop("Gone", "the candidate has ended");
    if (!String.valueOf(calls).equals(String.valueOf(reply.get("id")))) {
      throw AssaySuite.stop("ProtocolError", "the reply is to no question");
    }
    for (String refusal : new String[] {"unserialisable", "undefined"}) {
      if (reply.get(refusal) instanceof String what) throw AssaySuite.stop(refusal, what);
    }
    return reply;
  }

  private static boolean canChange(Object value) {
    return value instanceof Collection<?> || value instanceof Map<?, ?> || (value != null && value.getClass().isArray());
  }

  /** Takes over what a method left in an argument. What did not change is not touched: it may be one that cannot. */
  private static void keep(Object argument, Object after) {
    if (!canChange(argument) || after == null) return;
    if (argument.getClass().isArray()) {
      keepItems(argument, after);
    } else if (!argument.equals(after)) {
      if (argument instanceof Map<?, ?> map) refill(map, (Map<?, ?>) after);
      else refill((Collection<?>) argument, (Collection<?>) after);
    }
  }

  private static void keepItems(Object array, Object after) {
    for (int i = 0; i < Math.min(Array.getLength(array), Array.getLength(after)); i++) {
      Object item = Array.get(array, i);
      if (item != null && item.getClass().isArray()) keep(item, Array.get(after, i));
      else Array.set(array, i, Array.get(after, i));
    }
  }

  @SuppressWarnings("unchecked")
  private static void refill(Map<?, ?> map, Map<?, ?> after) {
    map.clear();
    ((Map<Object, Object>) map).putAll(after);
  }

  @SuppressWarnings("unchecked")
  private static void refill(Collection<?> items, Collection<?> after) {
    items.clear();
    ((Collection<Object>) items).addAll(after);
  }

  private static final String[] packages = {"java.lang.", "java.util.", "java.io.", "java.time.", "java.util.concurrent."};

  /** The standard exception that the candidate's is or derives from. */
  private static Throwable thrown(Map<?, ?> raised) {
    String message = String.valueOf(raised.get("message"));
    Throwable found = made((String) raised.get("type"), message);
    for (Object base : (List<?>) raised.get("bases")) {
      if (found == null) found = made((String) base, message);
    }
    return found == null ? new RuntimeException(message) : found;
  }

  private static Throwable made(String name, String message) {
    for (String place : packages) {
      try {
        Class<?> kind = Class.forName(place + name);
        if (!Throwable.class.isAssignableFrom(kind)) continue;
        if (message.equals("null")) return (Throwable) kind.getConstructor().newInstance();
        return (Throwable) kind.getConstructor(String.class).newInstance(message);
      } catch (ReflectiveOperationException | LinkageError error) {
        // the next place may have it
      }
    }
    return null;
  }

  @SuppressWarnings("unchecked")
  private static <E extends Throwable> RuntimeException unchecked(Throwable thrown) throws E {
    throw (E) thrown;
  }
}
