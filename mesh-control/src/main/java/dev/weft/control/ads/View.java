package dev.weft.control.ads;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that one class of clients may see, at one moment. Immutable in what it answers; resources may be made when first
 * asked for, and are then kept. Asked from several threads at once.
 *
 * <p>Clients that see the same share one object: the push server compares views by identity, computes what changed between
 * two of them once, and does nothing where the view stayed the same.
 */
public interface View {

    /** What is shown as version: the revision of the configuration that this was made from. */
    String revision();

    /** The resource, or null if there is none that this class of clients may see. */
    @Nullable
    Resource resource(ResourceType type, String name);

    /**
     * What a wildcard subscription gets, by name; empty where this class of clients subscribes by name only. The same map
     * each time.
     */
    Map<String, Resource> wildcard(ResourceType type);

    /**
     * The view that this one is but for resources asked for by name: what is made for many streams at once, is made for that view.
     * Itself unless it says otherwise.
     */
    default View base() {
        return this;
    }
}
