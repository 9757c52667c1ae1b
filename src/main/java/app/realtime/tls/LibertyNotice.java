package app.realtime.tls;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * Tells Open Liberty, by its documented MBean. It reads its configuration again, and what has {@code
 * updateTrigger="mbean"}.
 */
public final class LibertyNotice implements ServerNotice {

    private static final String NAME = "WebSphere:service=com.ibm.ws.kernel.filemonitor.FileNotificationMBean";

    private static final String COLLECTION = Collection.class.getName();

    @Override
    public void changed(Path file) {
        List<String> files = List.of(file.toString());
        try {
            ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            ObjectName.getInstance(NAME),
                            "notifyFileChanges",
                            // Created, or else modified: a file that it knew is not created for it.
                            new Object[] {files, files, List.of()},
                            new String[] {COLLECTION, COLLECTION, COLLECTION});
        } catch (JMException e) {
            throw new IllegalStateException("This server has no " + NAME, e);
        }
    }
}
