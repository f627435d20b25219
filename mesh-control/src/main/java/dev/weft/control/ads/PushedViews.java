package dev.weft.control.ads;

import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The views that streams are being brought to, by identity. Safe for use from any thread. */
final class PushedViews {
    private final Map<View, PushedView> pushed = new IdentityHashMap<>();

    synchronized PushedView of(View view) {
        PushedView known = pushed.get(view);
        if (known == null) {
            View base = view.base();
            known = base == view ? new PushedView(view) : new PushedView(view, of(base));
            pushed.put(view, known);
        }
        return known;
    }

    /** Forgets all others. A stream that comes meanwhile may lose the sharing for one view, nothing else. */
    synchronized void retain(Collection<? extends @Nullable PushedView> used) {
        pushed.clear();
        for (PushedView view : used) {
            if (view != null) {
                pushed.put(view.view(), view);
                pushed.put(view.shared().view(), view.shared());
            }
        }
    }
}
