package dev.weft.authz.external;

import com.google.protobuf.ListValue;
import com.google.protobuf.NullValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Between JSON's values as Java has them and as protobuf has them. */
final class Structs {
    private Structs() {}

    static Struct struct(Map<?, ?> map) {
        Struct.Builder struct = Struct.newBuilder();
        map.forEach((name, value) -> struct.putFields(String.valueOf(name), value(value)));
        return struct.build();
    }

    private static Value value(@Nullable Object value) {
        Value.Builder built = Value.newBuilder();
        if (value instanceof String text) {
            built.setStringValue(text);
        } else if (value instanceof Number number) {
            built.setNumberValue(number.doubleValue());
        } else if (value instanceof Boolean truth) {
            built.setBoolValue(truth);
        } else if (value instanceof Map<?, ?> map) {
            built.setStructValue(struct(map));
        } else if (value instanceof List<?> list) {
            ListValue.Builder values = ListValue.newBuilder();
            list.forEach(one -> values.addValues(value(one)));
            built.setListValue(values);
        } else {
            built.setNullValue(NullValue.NULL_VALUE);
        }
        return built.build();
    }

    static Map<String, @Nullable Object> map(Struct struct) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        struct.getFieldsMap().forEach((name, value) -> map.put(name, object(value)));
        return map;
    }

    private static @Nullable Object object(Value value) {
        switch (value.getKindCase()) {
            case STRING_VALUE:
                return value.getStringValue();
            case NUMBER_VALUE:
                return value.getNumberValue();
            case BOOL_VALUE:
                return value.getBoolValue();
            case STRUCT_VALUE:
                return map(value.getStructValue());
            case LIST_VALUE:
                List<@Nullable Object> list = new ArrayList<>();
                value.getListValue().getValuesList().forEach(one -> list.add(object(one)));
                return list;
            default:
                return null;
        }
    }
}
