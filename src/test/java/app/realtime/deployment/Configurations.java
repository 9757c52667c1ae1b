package app.realtime.deployment;

import java.util.stream.Stream;

/** Values for the chart, from nothing to everything. */
final class Configurations {

    private static final String EVERYTHING = """
            commonLabels: {team: push}
            commonAnnotations: {example.com/owner: push}
            image: {registry: registry.example.com, repository: push/websocket-service, tag: "1.2.3", pullPolicy: Always}
            imagePullSecrets: [{name: registry}]
            replicaCount: 3
            config:
              KAFKA_BROKERS: "kafka-0.kafka:9092,kafka-1.kafka:9094"
              KAFKA_SECURITY_PROTOCOL: SASL_SSL
              KAFKA_SASL_MECHANISM: SCRAM-SHA-512
              KAFKA_SSL_TRUSTSTORE_LOCATION: /etc/websocket-service/kafka/truststore.p12
              KAFKA_CONSUMER_FETCH_MAX_BYTES: 1048576
              OTEL_EXPORTER_OTLP_ENDPOINT: http://collector:4317
              ALLOWED_ORIGINS: https://app.example.com
              TRUSTED_PROXIES: 10.0.0.0/8
            jwt: {publicKeys: {existingSecret: keys}}
            apiKeys: {existingSecret: keys-of-the-api}
            kafka:
              existingSecret: kafka-user
              existingSecretKeys: {KAFKA_SSL_TRUSTSTORE_PASSWORD: truststore-password}
              tls: {existingSecret: kafka-stores}
              routes:
                roomTypes: [order]
                routes: [{topic: shop.orders, event: order.updated, rooms: ["order:{/id}"]}]
            redis: {existingSecret: redis, ca: {existingSecret: redis-ca}}
            tls: {existingSecret: certificate}
            extraEnv: [{name: TZ, value: UTC}]
            envFrom: [{secretRef: {name: more}}]
            extraVolumes: [{name: more, emptyDir: {}}]
            extraVolumeMounts: [{name: more, mountPath: /more}]
            podAnnotations: {example.com/a: b}
            podLabels: {tier: edge}
            service: {type: LoadBalancer, port: 443, nodePort: 30443, sessionAffinity: ClientIP,
              externalTrafficPolicy: Local, loadBalancerClass: example.com/lb, loadBalancerSourceRanges: [10.0.0.0/8]}
            ingress: {enabled: true, className: nginx, tls: [{secretName: ingress, hosts: [realtime.example.com]}]}
            httpRoute:
              enabled: true
              parentRefs: [{name: public, namespace: gateways, sectionName: https}]
              hostnames: [realtime.example.com]
              filters: [{type: RequestHeaderModifier, requestHeaderModifier: {remove: [X-Debug]}}]
            autoscaling: {enabled: true, targetMemoryUtilizationPercentage: 80, connections: {enabled: true}}
            networkPolicy:
              public: {from: [{ipBlock: {cidr: 10.0.0.0/8}}]}
              egress:
                enabled: true
                dns: {to: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: kube-system}}}]}
                kafka: {to: [{podSelector: {matchLabels: {app: kafka}}}]}
                redis: {to: [{podSelector: {matchLabels: {app: redis}}}], ports: [6380]}
                extra: [{ports: [{port: 4317, protocol: TCP}]}]
            metrics:
              serviceMonitor: {enabled: true, namespace: monitoring, labels: {release: prometheus},
                metricRelabelings: [{action: drop, regex: servlet_.*, sourceLabels: [__name__]}]}
              prometheusRule: {enabled: true, labels: {release: prometheus},
                additionalRules: [{alert: Quiet, expr: "sum(realtime_connections) == 0", for: 1h}]}
              dashboard: {enabled: true, annotations: {grafana_folder: Push}}
            nodeSelector: {kubernetes.io/os: linux}
            tolerations: [{key: push, operator: Exists, effect: NoSchedule}]
            affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms:
              [{matchExpressions: [{key: pool, operator: In, values: [push]}]}]}}}
            priorityClassName: high
            runtimeClassName: gvisor
            hostAliases: [{ip: 10.1.2.3, hostnames: [kafka]}]
            dnsConfig: {options: [{name: ndots, value: "1"}]}
            extraDeploy:
              - {apiVersion: v1, kind: ConfigMap, metadata: {name: one, labels: {app.kubernetes.io/name: one}}}
              - |
                apiVersion: v1
                kind: ConfigMap
                metadata:
                  name: {{ include "websocket-service.fullname" . }}-two
                  labels: {{- include "websocket-service.labels" . | nindent 4 }}
            """;

    private Configurations() {}

    static String everything() {
        return EVERYTHING;
    }

    /** Beside each other, on top of what production needs. */
    static Stream<String> all() {
        return Stream.of(
                "{}",
                EVERYTHING,
                Chart.file("examples/values-production.yaml"),
                "config: {APP_ENV: development}",
                "fullnameOverride: " + "a-very-long-name-".repeat(6),
                "nameOverride: push",
                "replicaCount: 0",
                "strategy: {type: Recreate, rollingUpdate: null}",
                "image: {digest: 'sha256:" + "0".repeat(64) + "'}",
                "serviceAccount: {create: false, name: default}",
                "service: {type: NodePort, nodePort: 30080}",
                "ingress: {enabled: true, sessionAffinity: {controller: traefik, sameSite: None}}",
                "ingress: {enabled: true, sessionAffinity: {controller: haproxy}}",
                "ingress: {enabled: true, sessionAffinity: {controller: none}}",
                "httpRoute: {enabled: true, parentRefs: [{name: public}], sessionPersistence: {enabled: false}}",
                "autoscaling: {enabled: true, targetCPUUtilizationPercentage: null, connections: {enabled: true}}",
                "podDisruptionBudget: {minAvailable: 50%}",
                "podDisruptionBudget: {enabled: false}",
                "networkPolicy: {enabled: false}",
                "{networkPolicy: {management: {from: []}}, tests: {enabled: false}}",
                "networkPolicy: {egress: {enabled: true}}",
                "podSecurityContext: {runAsUser: null, runAsGroup: null, fsGroup: null}",
                "topologySpreadConstraints: []",
                "preStopSeconds: 0",
                "jwt: {existingSecret: '', publicKeys: {existingConfigMap: keys, key: keys.pem}}",
                "redis: {url: 'redis://redis:6379'}",
                "metrics: {serviceMonitor: {enabled: true}, prometheusRule: {enabled: true}}");
    }
}
