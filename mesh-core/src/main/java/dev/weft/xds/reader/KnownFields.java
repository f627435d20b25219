package dev.weft.xds.reader;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.TextFormat;
import java.util.HashMap;
import java.util.Map;

/**
 * The fields of one message that its reader knows. Whatever else is set is a problem: a control plane that asks for something
 * must be told when it is not done.
 */
final class KnownFields {
    private enum Treatment {
        /** The reader reads it. */
        HONOURED,
        /** It has no meaning inside a process, or only names things for statistics. */
        SKIPPED,
        /** It asks for something that is not done, and traffic is well served without it. */
        WARNED
    }

    private final Descriptor message;
    private final Map<String, Treatment> fields = new HashMap<>();

    private KnownFields(Descriptor message) {
        this.message = message;
    }

    static KnownFields of(Descriptor message) {
        return new KnownFields(message);
    }

    /** Fields that the reader reads. */
    KnownFields honours(String... names) {
        return add(Treatment.HONOURED, names);
    }

    /** Fields that change nothing a caller or server could notice in process. */
    KnownFields skips(String... names) {
        return add(Treatment.SKIPPED, names);
    }

    /** Fields that are not honoured, but do not make the rest wrong. */
    KnownFields warns(String... names) {
        return add(Treatment.WARNED, names);
    }

    private KnownFields add(Treatment treatment, String... names) {
        for (String name : names) {
            if (message.findFieldByName(name) == null) {
                throw new IllegalArgumentException(message.getName() + " has no field " + name);
            }
            fields.put(name, treatment);
        }
        return this;
    }

    /** Reports every set field that is not known. */
    void check(Message found, Place place) {
        for (Map.Entry<FieldDescriptor, Object> entry : found.getAllFields().entrySet()) {
            FieldDescriptor field = entry.getKey();
            Treatment treatment = fields.get(field.getName());
            if (treatment == null) {
                place.refuse(
                        field.getName(),
                        text(field, entry.getValue()),
                        "absent, because Weft does not support this field");
            } else if (treatment == Treatment.WARNED) {
                place.warn(
                        field.getName(),
                        text(field, entry.getValue()),
                        "absent; Weft does not do this and goes on without");
            }
        }
        // A strict reader has looked for them everywhere already.
        if (!place.problems().strict() && !found.getUnknownFields().asMap().isEmpty()) {
            place.warn(
                    "field number "
                            + found.getUnknownFields()
                                    .asMap()
                                    .keySet()
                                    .iterator()
                                    .next(),
                    null,
                    "absent; it is newer than this version of Weft, which goes on without");
        }
    }

    private static String text(FieldDescriptor field, Object value) {
        String text = TextFormat.printer()
                .emittingSingleLine(true)
                .printFieldToString(field, value)
                .trim();
        int colon = text.indexOf(':');
        boolean scalar = field.getJavaType() != FieldDescriptor.JavaType.MESSAGE && !field.isRepeated();
        return scalar && colon > 0 ? text.substring(colon + 1).trim() : text;
    }
}
