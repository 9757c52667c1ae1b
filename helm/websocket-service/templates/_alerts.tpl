{{/* The alerts, by name. Series are chosen by the labels that the ServiceMonitor gives them. */}}
{{- define "websocket-service.alerts" -}}
{{- $own := printf "namespace=\"%s\",service=\"%s-internal\"" .Release.Namespace (include "websocket-service.fullname" .) }}
{{- $limits := .Values.metrics.prometheusRule.thresholds }}
RealtimeDown:
  expr: up{ {{- $own -}} } == 0 or absent(up{ {{- $own -}} })
  for: 2m
  severity: critical
  summary: The push service cannot be scraped
  description: An instance has not answered on its management port for two minutes, or there is none.
RealtimeConnectionsLost:
  expr: sum(realtime_connections{ {{- $own -}} }) < 0.5 * sum(realtime_connections{ {{- $own }}} offset 5m) and sum(realtime_connections{ {{- $own }}} offset 5m) > 100
  for: 1m
  severity: warning
  summary: More than half of the connections are gone
  description: There are less than half as many connections as five minutes ago.
{{- if or .Values.config.KAFKA_BROKERS .Values.envFrom }}
RealtimeKafkaDisconnected:
  expr: max by (pod) (realtime_kafka_connected{ {{- $own -}} }) == 0
  for: 5m
  severity: critical
  summary: No records come from Kafka
  description: {{`'{{ $labels.pod }} has had no broker for five minutes. Events by HTTP still go out.'`}}
{{- end }}
RealtimeClusterDisconnected:
  expr: max by (pod) (realtime_cluster_connected{ {{- $own -}} }) == 0
  for: 2m
  severity: critical
  summary: Events do not reach all pods
  description: {{`'{{ $labels.pod }} has had no Redis for two minutes. Its events reach its own clients alone.'`}}
RealtimeKafkaLag:
  expr: sum by (topic) (realtime_kafka_lag{ {{- $own -}} }) > {{ $limits.kafkaLag | int64 }}
  for: 5m
  severity: warning
  summary: Kafka's records wait
  description: {{`'{{ $value }} records of {{ $labels.topic }} wait to be delivered.'`}}
RealtimeDeadLetters:
  expr: sum by (topic, outcome) (increase(realtime_kafka_records_total{ {{- $own }},outcome!="delivered"}[15m])) > 0
  for: 0m
  severity: warning
  summary: Kafka's records are rejected
  description: {{`'Records of {{ $labels.topic }} were {{ $labels.outcome }} in the last quarter of an hour.'`}}
RealtimeDeadLettersWaiting:
  expr: max by (pod) (realtime_kafka_dead_letters_waiting{ {{- $own -}} }) > 0
  for: 10m
  severity: critical
  summary: Rejected records cannot be put aside
  description: {{`'{{ $labels.pod }} has {{ $value }} rejected records that their topic does not take; their partitions are not committed.'`}}
RealtimeHangingThreads:
  expr: max by (pod) (realtime_kafka_hanging_threads{ {{- $own -}} }) > 0
  for: 5m
  severity: warning
  summary: Processing of Kafka's records hangs
  description: {{`'{{ $value }} threads of {{ $labels.pod }} do not come back from a record.'`}}
RealtimeSlowBroadcasts:
  expr: max by (pod) (realtime_broadcast_seconds_max{ {{- $own -}} }) > {{ $limits.broadcastSeconds }}
  for: 5m
  severity: warning
  summary: Broadcasts take long
  description: {{`'{{ $labels.pod }} took {{ $value }} s to queue an event for all its recipients.'`}}
RealtimeSlowConsumers:
  expr: 60 * sum(rate(realtime_sessions_closed_total{ {{- $own }},reason="slow_consumer"}[5m])) > {{ $limits.slowConsumersPerMinute }}
  for: 10m
  severity: warning
  summary: Many clients are too slow
  description: {{`'{{ $value }} clients a minute are disconnected, because they do not take their messages.'`}}
RealtimeRefusals:
  expr: sum by (reason) (rate(realtime_refusals_total{ {{- $own -}} }[5m])) > {{ $limits.refusalsPerSecond }}
  for: 10m
  severity: warning
  summary: Many clients are refused
  description: {{`'{{ $value }} a second are refused: {{ $labels.reason }}.'`}}
RealtimeHeapFull:
  expr: memory_usedHeap_bytes{ {{- $own -}} } / memory_maxHeap_bytes{ {{- $own -}} } > {{ $limits.heapRatio }}
  for: 10m
  severity: warning
  summary: The heap is nearly full
  description: {{`'{{ $labels.pod }} has had little heap left for ten minutes.'`}}
{{- end }}
