package dev.weft.control.validate.schema;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A message: fields by name.
 *
 * @param fields in the order of the catalogue
 */
public record MessageSpec(String name, Map<String, FieldSpec> fields) {
    public MessageSpec {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }
}
