package dev.weft.http.spring;

import java.lang.reflect.Field;
import org.jspecify.annotations.Nullable;

/** What Spring keeps and does not tell. */
public final class PrivateField {
    private PrivateField() {}

    /**
     * The value of a field that one of an object's classes declares.
     *
     * @param declaring how the full name of that class begins
     * @return null: it is null, or there is no such field, or it may not be read
     */
    public static @Nullable Object of(Object owner, String declaring, String name) {
        for (Class<?> type = owner.getClass(); type != null; type = type.getSuperclass()) {
            if (type.getName().startsWith(declaring)) {
                try {
                    Field field = type.getDeclaredField(name);
                    field.setAccessible(true);
                    return field.get(owner);
                } catch (ReflectiveOperationException | RuntimeException e) {
                    // Of another class, or of a version that we do not know: callers say what follows.
                    continue;
                }
            }
        }
        return null;
    }
}
