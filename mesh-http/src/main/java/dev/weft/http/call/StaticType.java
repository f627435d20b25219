package dev.weft.http.call;

import java.lang.reflect.Modifier;

/** Questions of an adapter about the object it was given, answered without loading the class of a library that may be absent. */
public final class StaticType {
    private StaticType() {}

    /**
     * Whether an object may be replaced by one of another class. A public class of the user's could be the static type of the
     * variable that takes the replacement, and the cast would fail there; the JDK's own classes, and those that cannot be
     * named outside their package, are held by the library type.
     */
    public static boolean isReplaceable(Object given, String jdkModule) {
        Class<?> type = given.getClass();
        return jdkModule.equals(type.getModule().getName()) || !Modifier.isPublic(type.getModifiers());
    }

    /** Whether an object is of the class or interface of that name, or of a subtype. */
    public static boolean isA(Object given, String className) {
        return isA(given.getClass(), className);
    }

    private static boolean isA(Class<?> type, String className) {
        for (Class<?> each = type; each != null; each = each.getSuperclass()) {
            if (each.getName().equals(className)) {
                return true;
            }
            for (Class<?> implemented : each.getInterfaces()) {
                if (isA(implemented, className)) {
                    return true;
                }
            }
        }
        return false;
    }
}
