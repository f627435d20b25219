package dev.weft.control.store;

import java.util.function.Consumer;

/** A store whose one snapshot stays. */
record FixedConfigStore(ConfigSnapshot snapshot) implements ConfigStore {
    @Override
    public Runnable onChange(Consumer<ConfigSnapshot> listener) {
        return () -> {};
    }
}
