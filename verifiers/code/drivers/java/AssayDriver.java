import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;

/**
 * Serves calls to methods of a class, Solution where none is named: lines of JSON on descriptor 3, one reply to each
 * question, in lock step; the protocol of ../python.py. Nothing expected is in here, so that a reply that a candidate
 * forges has to be right.
 */
public final class AssayDriver {
  public static void main(String[] words) throws Exception {
    AssayChannel channel = new AssayChannel();
    Class<?> candidate = null;
    String name = null;
    for (String line = channel.take(); line != null; line = channel.take()) {
      String reply;
      Map<?, ?> question = (Map<?, ?>) new AssayWire.Parser(line).value();
      if (name == null) {
        name = question.get("class") instanceof String given ? given : "Solution";
        reply = "{\"compiled\":true}";
      } else {
        if (question.containsKey("load")) {
          StringBuilder out = new StringBuilder();
          try {
            candidate = Class.forName(name);
            out.append("{\"loaded\":true}");
          } catch (Throwable error) {
            Throwable cause = error instanceof ExceptionInInitializerError ? error.getCause() : error;
            raised(out.append("{"), cause);
            out.append('}');
          }
          reply = out.toString();
        } else {
          reply = "{\"id\":" + question.get("id") + "," + answer(candidate, question) + "}";
        }
      }
      channel.put(reply);
    }
    System.out.flush();
    System.exit(0);
  }

  private static String answer(Class<?> candidate, Map<?, ?> question) {
    String name = (String) question.get("call");
    List<?> args = (List<?>) question.get("args");
    Method method = find(candidate, name, args.size());
    StringBuilder out = new StringBuilder();
    if (method == null) {
      AssayWire.quote(out.append("\"undefined\":"), name);
      return out.toString();
    }
    AssayWire.isTyped = Boolean.TRUE.equals(question.get("typed"));
    try {
      Object[] values = new Object[args.size()];
      Type[] types = method.getGenericParameterTypes();
      for (int i = 0; i < values.length; i++) values[i] = AssayWire.decode(args.get(i), types[i]);
      call(out, candidate, method, values);
      if (Boolean.TRUE.equals(question.get("argsAfter"))) AssayWire.encode(out.append(",\"argsAfter\":"), values);
      return out.toString();
    } catch (AssayWire.Misfit misfit) {
      StringBuilder refused = new StringBuilder("\"unserialisable\":");
      AssayWire.quote(refused, String.valueOf(misfit.getMessage()));
      return refused.toString();
    }
  }

  private static void call(StringBuilder out, Class<?> candidate, Method method, Object[] values) {
    Object result;
    try {
      Object target = null;
      if (!Modifier.isStatic(method.getModifiers())) {
        java.lang.reflect.Constructor<?> make = candidate.getDeclaredConstructor();
        make.setAccessible(true);
        target = make.newInstance();
      }
      result = method.invoke(target, values);
    } catch (InvocationTargetException error) {
      raised(out, error.getCause());
      return;
    } catch (ReflectiveOperationException error) {
      raised(out, error);
      return;
    }
    AssayWire.encode(out.append("\"returned\":"), result);
  }

  private static Method find(Class<?> candidate, String name, int count) {
    Method found = null;
    for (Method method : candidate.getDeclaredMethods()) {
      if (!method.getName().equals(name) || method.isSynthetic()) continue;
      if (found == null || method.getParameterCount() == count) found = method;
    }
    if (found == null || found.getParameterCount() != count) return null;
    found.setAccessible(true);
    return found;
  }

  private static void raised(StringBuilder out, Throwable error) {
    AssayWire.quote(out.append("\"raised\":{\"type\":"), nameOf(error.getClass()));
    out.append(",\"bases\":[");
    String comma = "";
    for (Class<?> base = error.getClass().getSuperclass(); base != Object.class; base = base.getSuperclass()) {
      AssayWire.quote(out.append(comma), nameOf(base));
      comma = ",";
    }
    String message = String.valueOf(error.getMessage());
    AssayWire.quote(out.append("],\"message\":"), message.substring(0, Math.min(1000, message.length())));
    out.append('}');
  }

  /** A class of the candidate's own does not pass for a standard one of the same name. */
  private static String nameOf(Class<?> kind) {
    boolean standard = kind.getName().startsWith("java.");
    return standard ? kind.getSimpleName() : "candidate." + kind.getSimpleName();
  }
}
