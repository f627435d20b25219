package dev.weft.http.guard;

import dev.weft.config.HeaderOps;
import dev.weft.config.HeaderOps.Setting;
import org.jspecify.annotations.Nullable;

/** The fields of a server's response, in whatever type the server has them. */
public interface ResponseFields {

    boolean contains(String name);

    /** One more field of that name. */
    void add(String name, String value);

    /** Exactly one field of that name, or with null none. */
    void set(String name, @Nullable String value);

    /** Changes the fields as the mesh's decision on the request asks for. Values are meant literally. */
    static void apply(HeaderOps changes, ResponseFields fields) {
        changes.remove().forEach(name -> fields.set(name, null));
        for (Setting setting : changes.set()) {
            boolean there = fields.contains(setting.name());
            switch (setting.action()) {
                case APPEND -> fields.add(setting.name(), setting.value());
                case OVERWRITE -> fields.set(setting.name(), setting.value());
                case ADD_IF_ABSENT -> {
                    if (!there) {
                        fields.add(setting.name(), setting.value());
                    }
                }
                case OVERWRITE_IF_PRESENT -> {
                    if (there) {
                        fields.set(setting.name(), setting.value());
                    }
                }
            }
        }
    }
}
