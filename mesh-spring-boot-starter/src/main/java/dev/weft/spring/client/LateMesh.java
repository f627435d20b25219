package dev.weft.spring.client;

import dev.weft.Mesh;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanCurrentlyInCreationException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * The application's mesh, looked up by the first call and not when a client is built: a client in a constructor, or in a bean that
 * Spring makes before auto-configuration, is on the mesh like every other. Safe for use from any thread.
 */
public final class LateMesh implements Supplier<@Nullable Mesh>, SmartInitializingSingleton {
    private final ObjectProvider<Mesh> provider;

    // Written once by whoever asks first and finds one; read by every call.
    private volatile @Nullable Mesh mesh;

    public LateMesh(ObjectProvider<Mesh> provider) {
        this.provider = provider;
    }

    /**
     * The mesh, or null: there is none ({@code mesh.enabled=false}), and calls pass as if Weft were not there.
     *
     * @throws IllegalStateException to a bean that the mesh itself is made of: a call past the mesh would not be a safe guess
     */
    @Override
    public @Nullable Mesh get() {
        Mesh found = mesh;
        if (found == null) {
            found = find();
            mesh = found;
        }
        return found;
    }

    private @Nullable Mesh find() {
        try {
            return provider.getIfAvailable();
        } catch (BeanCurrentlyInCreationException e) {
            throw new IllegalStateException(
                    "a client was used while its mesh was being made, by a bean that the mesh is made of (an observer, a"
                            + " customizer, a meter registry): give that bean a client that is not on the mesh, such as"
                            + " RestClient.create()",
                    e);
        }
    }

    /** At the latest now: a context that closes gives out no beans, and its clients may still have something to say. */
    @Override
    public void afterSingletonsInstantiated() {
        get();
    }
}
