package dev.weft.control.ads;

import com.google.protobuf.Any;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One type of resource on one stream: compares what the client holds with a view. Nothing is queued; what is to be sent is
 * worked out when there is room to send it, so that a slow client costs no memory and gets the newest state. Guarded by the
 * stream.
 */
final class TypeState {
    /** Held in the place of a resource that the client was told does not exist. */
    private static final Resource ABSENT = new Resource("", "", Any.getDefaultInstance());

    private final ResourceType type;
    private final Subscription subscription = new Subscription();
    private final Responses responses = new Responses();

    /** What the client holds by its wildcard: a view's own map, so that it costs nothing here. */
    private Map<String, Resource> covered = Map.of();
    /** Versions that a reconnecting client brought along, until its wildcard was answered for the first time. */
    private @Nullable Map<String, String> resumed;
    /** What the client holds by name. */
    private final Map<String, Resource> named = new HashMap<>();
    /** What the client holds and should no more, to be removed when nothing refers to it. */
    private final Map<String, Resource> doomed = new LinkedHashMap<>();
    /** What the comparison under way has replaced in {@link #named}. */
    private Map<String, Resource> replaced = new HashMap<>();
    /** The view that was compared completely. */
    private @Nullable PushedView compared;

    TypeState(ResourceType type) {
        this.type = type;
    }

    ResourceType type() {
        return type;
    }

    Subscription subscription() {
        return subscription;
    }

    Responses responses() {
        return responses;
    }

    /** What a reconnecting client says it holds; for names, only those that it is subscribed to count. */
    void resume(Map<String, String> versions) {
        versions.forEach((name, version) -> {
            if (subscription.names().contains(name)) {
                named.put(name, new Resource(name, version, Any.getDefaultInstance()));
            }
        });
        if (subscription.wildcard()) {
            resumed = Map.copyOf(versions);
        }
    }

    void unsubscribe(String name) {
        subscription.drop(name);
        named.remove(name);
        doomed.remove(name);
        responses.forget(name);
    }

    void beginWildcard() {
        if (!subscription.wildcard()) {
            subscription.wildcard(true);
            compared = null;
        }
    }

    void endWildcard() {
        if (!subscription.wildcard()) {
            return;
        }
        subscription.wildcard(false);
        covered = Map.of();
        resumed = null;
        doomed.clear();
    }

    boolean anythingNew(PushedView view) {
        return view != compared
                || subscription.owesAnswer()
                || !subscription.refresh().isEmpty();
    }

    /** What is to be sent first: everything but the removal of what others may refer to. Takes it as sent. */
    Changes additions(PushedView view) {
        List<Resource> upserts = new ArrayList<>();
        List<String> removed = new ArrayList<>();
        Function<String, @Nullable Resource> before = before();
        WildcardDelta shared = view == compared ? null : compareWildcard(view, upserts);
        int fromWildcard = upserts.size();
        compareNames(view, view == compared ? subscription.asked() : subscription.names(), upserts, removed);
        answerLeftToWildcard(view, upserts, removed);
        again(view, upserts);
        subscription.asked().clear();
        subscription.refresh().clear();
        subscription.answerDue(false);
        compared = view;
        if (!type.removedLast()) {
            removed.addAll(doomed.keySet());
            doomed.clear();
        }
        return new Changes(upserts, removed, upserts.size() == fromWildcard ? shared : null, before);
    }

    /** Only what the client has just asked for; changes that it did not ask for are kept for later. */
    Changes answers(PushedView view) {
        List<Resource> upserts = new ArrayList<>();
        List<String> removed = new ArrayList<>();
        Function<String, @Nullable Resource> before = before();
        compareNames(view, subscription.asked(), upserts, removed);
        answerLeftToWildcard(view, upserts, removed);
        subscription.asked().clear();
        return new Changes(upserts, removed, null, before);
    }

    /** What is to be removed, once nothing refers to it. Takes it as sent. */
    Changes removals() {
        if (doomed.isEmpty()) {
            return Changes.NONE;
        }
        List<String> removed = List.copyOf(doomed.keySet());
        doomed.clear();
        return new Changes(List.of(), removed, null, name -> null);
    }

    boolean hasRemovals() {
        return !doomed.isEmpty();
    }

    /** All that the client should now hold, for a state-of-the-world response; null if that is the wildcard's map as it is. */
    @Nullable
    Collection<Resource> whole() {
        boolean plain =
                named.isEmpty() && doomed.isEmpty() && responses.rejections().isEmpty();
        if (subscription.wildcard() && plain) {
            return null;
        }
        Map<String, Resource> all = new LinkedHashMap<>(covered);
        all.putAll(doomed);
        named.values().stream().filter(held -> held != ABSENT).forEach(held -> all.put(held.name(), held));
        for (Rejection rejection : responses.rejections()) {
            Resource wanted = all.get(rejection.resource().name());
            if (wanted != null && responses.refused(wanted)) {
                if (rejection.previous() == null) {
                    all.remove(wanted.name());
                } else {
                    all.put(wanted.name(), rejection.previous());
                }
            }
        }
        return all.values();
    }

    /** The client refused these and holds what it held before. */
    void rollBack(List<Rejection> rejections) {
        for (Rejection rejection : rejections) {
            String name = rejection.resource().name();
            if (subscription.names().contains(name)) {
                if (rejection.previous() == null) {
                    named.remove(name);
                } else {
                    named.put(name, rejection.previous());
                }
            }
        }
    }

    /** What the client holds at this moment, as far as the next comparison replaces it. */
    private Function<String, @Nullable Resource> before() {
        Map<String, Resource> wildcard = covered;
        Map<String, Resource> names = new HashMap<>();
        replaced = names;
        return name -> names.getOrDefault(name, wildcard.get(name));
    }

    private void hold(String name, Resource now) {
        Resource old = named.put(name, now);
        if (old != null && old != ABSENT) {
            replaced.put(name, old);
        }
    }

    private @Nullable WildcardDelta compareWildcard(PushedView view, List<Resource> upserts) {
        if (!subscription.wildcard()) {
            return null;
        }
        Map<String, Resource> next = view.wildcard(type);
        if (resumed != null) {
            compareResumed(resumed, next, upserts);
            resumed = null;
            covered = next;
            return null;
        }
        if (next == covered) {
            return null;
        }
        WildcardDelta delta = view.delta(type, covered);
        boolean all = true;
        for (Resource changed : delta.changed()) {
            doomed.remove(changed.name());
            if (responses.refused(changed)) {
                all = false;
            } else {
                upserts.add(changed);
            }
        }
        for (String name : delta.removed()) {
            doomed.put(name, covered.getOrDefault(name, ABSENT));
            responses.forget(name);
        }
        covered = next;
        return all ? delta : null;
    }

    private void compareResumed(Map<String, String> versions, Map<String, Resource> next, List<Resource> upserts) {
        for (Resource resource : next.values()) {
            if (!resource.version().equals(versions.get(resource.name()))) {
                upserts.add(resource);
            }
        }
        for (String name : versions.keySet()) {
            if (!next.containsKey(name) && !subscription.names().contains(name)) {
                doomed.put(name, ABSENT);
            }
        }
    }

    private void compareNames(PushedView view, Set<String> names, List<Resource> upserts, List<String> removed) {
        for (String name : names) {
            if (!subscription.names().contains(name)) {
                continue;
            }
            boolean asked = subscription.asked().contains(name);
            Resource held = named.get(name);
            Resource now = view.resource(type, name);
            if (now == null) {
                gone(name, held, asked, removed);
            } else if (asked || held == null || !held.version().equals(now.version())) {
                doomed.remove(name);
                if (asked || !responses.refused(now)) {
                    upserts.add(now);
                    hold(name, now);
                }
            }
        }
    }

    private void gone(String name, @Nullable Resource held, boolean asked, List<String> removed) {
        if (held == null || (held == ABSENT && asked)) {
            removed.add(name);
        } else if (held != ABSENT) {
            doomed.put(name, held);
            responses.forget(name);
        }
        named.put(name, ABSENT);
    }

    private void answerLeftToWildcard(PushedView view, List<Resource> upserts, List<String> removed) {
        if (!subscription.wildcard()) {
            return;
        }
        for (String name : subscription.asked()) {
            if (!subscription.names().contains(name)) {
                Resource now = view.wildcard(type).get(name);
                if (now == null) {
                    removed.add(name);
                } else if (!upserts.contains(now)) {
                    upserts.add(now);
                }
            }
        }
    }

    private void again(PushedView view, List<Resource> upserts) {
        if (subscription.refresh().isEmpty()) {
            return;
        }
        Set<String> present = new HashSet<>();
        upserts.forEach(resource -> present.add(resource.name()));
        for (String name : subscription.refresh()) {
            Resource now = present.contains(name) ? null : view.resource(type, name);
            if (now != null && !responses.refused(now)) {
                hold(name, now);
                upserts.add(now);
            }
        }
    }
}
