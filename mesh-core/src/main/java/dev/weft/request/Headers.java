package dev.weft.request;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Header fields in the order they were added; names are held in lower case, look-up ignores case, a name may occur several
 * times. Immutable and safe for use from any thread; changes go through {@link #toBuilder}.
 */
public final class Headers {
    /** No fields. */
    public static final Headers EMPTY = new Headers(new String[0], 0);

    // name, value, name, value ...: heads have few fields, so a linear scan over one array beats a map in time and
    // bytes.
    private final String[] fields;

    // What lies behind is of no meaning: the builder's array is taken over as it is.
    private final int length;

    private Headers(String[] fields, int length) {
        this.fields = fields;
        this.length = length;
    }

    /** Fields from alternating names and values. */
    public static Headers of(String... namesAndValues) {
        if (namesAndValues.length % 2 != 0) {
            throw new IllegalArgumentException("a name without a value: " + Arrays.toString(namesAndValues));
        }
        Builder builder = builder();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            builder.add(namesAndValues[i], namesAndValues[i + 1]);
        }
        return builder.build();
    }

    /** One field per entry. */
    public static Headers of(Map<String, String> fields) {
        Builder builder = builder();
        fields.forEach(builder::add);
        return builder.build();
    }

    public static Builder builder() {
        return new Builder(16);
    }

    /** The first value of {@code name}, or null if absent. */
    public @Nullable String first(String name) {
        for (int i = 0; i < length; i += 2) {
            if (fields[i].equalsIgnoreCase(name)) {
                return fields[i + 1];
            }
        }
        return null;
    }

    /** All values of {@code name} joined by commas, or null if absent. */
    public @Nullable String joined(String name) {
        String found = null;
        StringBuilder many = null;
        for (int i = 0; i < length; i += 2) {
            if (fields[i].equalsIgnoreCase(name)) {
                if (found == null) {
                    found = fields[i + 1];
                } else {
                    if (many == null) {
                        many = new StringBuilder(found);
                    }
                    many.append(',').append(fields[i + 1]);
                }
            }
        }
        return many == null ? found : many.toString();
    }

    /** Every value of {@code name}, in order. */
    public List<String> all(String name) {
        List<String> values = new ArrayList<>(2);
        for (int i = 0; i < length; i += 2) {
            if (fields[i].equalsIgnoreCase(name)) {
                values.add(fields[i + 1]);
            }
        }
        return values;
    }

    public boolean contains(String name) {
        return first(name) != null;
    }

    /** Whether some value of {@code name} meets the condition. */
    public boolean anyValue(String name, Predicate<String> condition) {
        for (int i = 0; i < length; i += 2) {
            if (fields[i].equalsIgnoreCase(name) && condition.test(fields[i + 1])) {
                return true;
            }
        }
        return false;
    }

    /** Whether some field's name begins with {@code prefix}, given in lower case. */
    public boolean anyNameStarts(String prefix) {
        for (int i = 0; i < length; i += 2) {
            if (fields[i].startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }

    /** Number of fields, repeated names counted each time. */
    public int size() {
        return length / 2;
    }

    /** Calls {@code action} with each lower-case name and value, in order. */
    public void forEach(BiConsumer<String, String> action) {
        for (int i = 0; i < length; i += 2) {
            action.accept(fields[i], fields[i + 1]);
        }
    }

    /** A builder that starts with these fields. */
    public Builder toBuilder() {
        Builder builder = new Builder(length + 8);
        System.arraycopy(fields, 0, builder.fields, 0, length);
        builder.length = length;
        return builder;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Headers headers && Arrays.equals(fields, 0, length, headers.fields, 0, headers.length);
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (int i = 0; i < length; i++) {
            hash = 31 * hash + fields[i].hashCode();
        }
        return hash;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("{");
        for (int i = 0; i < length; i += 2) {
            text.append(i == 0 ? "" : ", ").append(fields[i]).append(": ").append(fields[i + 1]);
        }
        return text.append('}').toString();
    }

    /** Collects fields. Not for use by several threads at once. */
    public static final class Builder {
        private String[] fields;
        private int length;

        // Set when fields has become the array of built headers too: the next change needs a copy of its own.
        private boolean shared;

        private Builder(int capacity) {
            fields = new String[capacity];
        }

        /** Appends a field, whether or not the name occurs already. */
        public Builder add(String name, String value) {
            own();
            if (length == fields.length) {
                fields = Arrays.copyOf(fields, Math.max(16, length * 2));
            }
            fields[length++] = lowerCase(name);
            fields[length++] = value;
            return this;
        }

        /** Leaves exactly one field of that name, at the place of the first one. */
        public Builder set(String name, String value) {
            int at = indexOf(name, 0);
            if (at < 0) {
                return add(name, value);
            }
            own();
            fields[at + 1] = value;
            removeFrom(name, at + 2);
            return this;
        }

        /** Removes every field of that name. */
        public Builder remove(String name) {
            removeFrom(name, 0);
            return this;
        }

        /** The first value of {@code name}, or null if absent. */
        public @Nullable String first(String name) {
            int at = indexOf(name, 0);
            return at < 0 ? null : fields[at + 1];
        }

        public Headers build() {
            if (length == 0) {
                return EMPTY;
            }
            shared = true;
            return new Headers(fields, length);
        }

        private void own() {
            if (shared) {
                fields = Arrays.copyOf(fields, length + 8);
                shared = false;
            }
        }

        private int indexOf(String name, int from) {
            for (int i = from; i < length; i += 2) {
                if (fields[i].equalsIgnoreCase(name)) {
                    return i;
                }
            }
            return -1;
        }

        private void removeFrom(String name, int from) {
            own();
            int kept = from;
            for (int i = from; i < length; i += 2) {
                if (!fields[i].equalsIgnoreCase(name)) {
                    fields[kept] = fields[i];
                    fields[kept + 1] = fields[i + 1];
                    kept += 2;
                }
            }
            length = kept;
        }

        private static String lowerCase(String name) {
            for (int i = 0; i < name.length(); i++) {
                char c = name.charAt(i);
                if (c >= 'A' && c <= 'Z') {
                    return name.toLowerCase(Locale.ROOT);
                }
            }
            return name;
        }
    }
}
