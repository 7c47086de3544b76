{{- define "balai.labels" -}}
app.kubernetes.io/name: balai
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "balai.pod" -}}
securityContext:
  runAsNonRoot: true
  runAsUser: 10001
  runAsGroup: 10001
  fsGroup: 10001
  seccompProfile: { type: RuntimeDefault }
automountServiceAccountToken: false
volumes:
  - name: run
    emptyDir: {}
  - name: tmp
    emptyDir: {}
  {{- if .Values.media.claim }}
  - name: media
    persistentVolumeClaim: { claimName: {{ .Values.media.claim }} }
  {{- end }}
{{- end }}

{{- define "balai.container" -}}
image: "{{ .Values.image.repository }}:{{ .Values.image.tag }}"
imagePullPolicy: {{ .Values.image.pullPolicy }}
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities: { drop: [ALL] }
envFrom:
  - secretRef: { name: {{ .Values.secretName }} }
env:
  - { name: BALAI_APEX_HOST, value: {{ .Values.apexHost | quote }} }
  # Nothing but the ingress reaches the pods' port: see networkpolicy.yaml.
  - { name: FORWARDED_ALLOW_IPS, value: "*" }
  {{- range $name, $value := .Values.environment }}
  - { name: {{ $name }}, value: {{ $value | quote }} }
  {{- end }}
volumeMounts:
  - { name: run, mountPath: /run/balai }
  - { name: tmp, mountPath: /tmp }
  {{- if .Values.media.claim }}
  - { name: media, mountPath: /var/lib/balai/media }
  {{- end }}
{{- end }}
