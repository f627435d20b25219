package dev.weft.control.ads;

import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The views that streams are being brought to, by identity. Safe for use from any thread. */
final class PushedViews {
    private final Map<View, PushedView> pushed = new IdentityHashMap<>();

    synchronized PushedView of(View view) {
        return pushed.computeIfAbsent(view, PushedView::new);
    }

    /** Forgets all others. A stream that comes meanwhile may lose the sharing for one view, nothing else. */
    synchronized void retain(Collection<? extends @Nullable PushedView> used) {
        pushed.clear();
        for (PushedView view : used) {
            if (view != null) {
                pushed.put(view.view(), view);
            }
        }
    }
}
