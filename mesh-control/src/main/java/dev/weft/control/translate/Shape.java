package dev.weft.control.translate;

import com.google.protobuf.Message;
import dev.weft.control.ads.ResourceType;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Which listeners, route tables and index entries a kind of client gets. */
sealed interface Shape permits NamedShape, SocketShape {

    /** Writes a listener, route table or index entry; null if there is none by that name. */
    @Nullable
    Message write(ResourceType type, String name);

    /** The names that a wildcard subscription gets. */
    Collection<String> wildcard(ResourceType type);
}
