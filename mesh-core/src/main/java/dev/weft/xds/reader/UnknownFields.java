package dev.weft.xds.reader;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.MapEntry;
import com.google.protobuf.Message;
import java.util.List;
import java.util.Map;

/** Fields that are newer than the messages that Weft was built with, at any depth. */
final class UnknownFields {
    private UnknownFields() {}

    /** Refuses the resource if there is one. */
    static void refuse(Message found, Place place) {
        if (!found.getUnknownFields().asMap().isEmpty()) {
            int number = found.getUnknownFields().asMap().keySet().iterator().next();
            place.refuse(
                    "field number " + number,
                    null,
                    "absent; it is newer than this version of Weft, and security may hang on it");
        }
        for (Map.Entry<FieldDescriptor, Object> entry : found.getAllFields().entrySet()) {
            FieldDescriptor field = entry.getKey();
            if (field.getJavaType() != FieldDescriptor.JavaType.MESSAGE) {
                continue;
            }
            if (entry.getValue() instanceof List<?> list) {
                for (int i = 0; i < list.size(); i++) {
                    element(list.get(i), place, field.getName(), i);
                }
            } else {
                refuse((Message) entry.getValue(), place.at(field.getName()));
            }
        }
    }

    private static void element(Object element, Place place, String field, int index) {
        if (element instanceof MapEntry<?, ?> entry) {
            if (entry.getValue() instanceof Message value) {
                refuse(value, place.at(field, String.valueOf(entry.getKey())));
            }
        } else {
            refuse((Message) element, place.at(field, index));
        }
    }
}
