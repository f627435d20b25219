package dev.weft.http.kit;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetectorFactory;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Watches every buffer: Netty notices one that was not released when it is collected and another one is made. */
public final class Leaks {
    private static final List<String> found = new CopyOnWriteArrayList<>();

    static {
        // One place per buffer is enough to find it; the default of four makes large bodies slow.
        System.setProperty("io.netty.leakDetection.targetRecords", "1");
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
        ResourceLeakDetectorFactory.setResourceLeakDetectorFactory(new ResourceLeakDetectorFactory() {
            @Override
            public <T> ResourceLeakDetector<T> newResourceLeakDetector(
                    Class<T> resource, int samplingInterval, long maxActive) {
                return newResourceLeakDetector(resource, samplingInterval);
            }

            @Override
            public <T> ResourceLeakDetector<T> newResourceLeakDetector(Class<T> resource, int samplingInterval) {
                return new ResourceLeakDetector<>(resource, samplingInterval) {
                    @Override
                    protected void reportTracedLeak(String resourceType, String records) {
                        found.add(resourceType + records);
                    }

                    @Override
                    protected void reportUntracedLeak(String resourceType) {
                        found.add(resourceType);
                    }
                };
            }
        });
    }

    private Leaks() {}

    /** Before the first buffer is made: detectors are made once, with the classes that use them. */
    public static void watch() {}

    public static void none() {
        // Two rounds: what was lost has to be collected, then somebody has to look.
        for (int i = 0; i < 2; i++) {
            System.gc();
            ByteBuf probe = ByteBufAllocator.DEFAULT.buffer(16);
            probe.release();
        }
        if (!found.isEmpty()) {
            throw new AssertionError(found.size() + " buffers were not released, the first one: " + found.get(0));
        }
    }
}
