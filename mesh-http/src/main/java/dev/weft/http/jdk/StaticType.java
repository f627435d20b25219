package dev.weft.http.jdk;

import java.lang.reflect.Modifier;

/** Whether an object may be replaced by one of another class. */
final class StaticType {
    private StaticType() {}

    /**
     * A public class of the user's could be the static type of the variable that takes the replacement, and the cast would
     * fail there; the JDK's own classes, and those that cannot be named outside their package, are held by the library type.
     */
    static boolean isReplaceable(Object given, String jdkModule) {
        Class<?> type = given.getClass();
        return jdkModule.equals(type.getModule().getName()) || !Modifier.isPublic(type.getModifiers());
    }
}
