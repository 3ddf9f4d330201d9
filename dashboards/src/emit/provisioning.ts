import { CLICKHOUSE } from '../lib/click-house-query.ts';

/** A file of what `dashboards build` writes. */
export interface OutputFile {
  /** Within the output folder, with slashes. */
  readonly path: string;
  readonly text: string;
}

/** The data source that our dashboards choose at first. */
export const DATA_SOURCE_UID = 'bellwether';

/** Where Grafana finds the files; a container mounts them there. */
const DASHBOARD_FOLDER = '/etc/grafana/dashboards/bellwether';

/**
 * The files that Grafana reads when it starts: the data source and the folder of dashboards. Address and account come
 * from its environment, so that no secret stands in a file.
 */
export function provisioningFiles(): OutputFile[] {
  return [
    {
      path: 'provisioning/datasources/bellwether.yaml',
      text: `# Made by \`bellwether dashboards build\`. Grafana fills $NAMES in from its environment.
apiVersion: 1
datasources:
  - name: Bellwether
    uid: ${DATA_SOURCE_UID}
    type: ${CLICKHOUSE}
    access: proxy
    isDefault: true
    editable: false
    jsonData:
      # Without a scheme. The account is one of the role "dashboards": it reads metrics and nothing else.
      host: $BELLWETHER_HOST
      port: $BELLWETHER_PORT
      protocol: http
      secure: false
      username: $BELLWETHER_USER
      defaultDatabase: metrics
      # Seconds.
      dialTimeout: '10'
      queryTimeout: '60'
    secureJsonData:
      password: $BELLWETHER_PASSWORD
`,
    },
    {
      path: 'provisioning/dashboards/bellwether.yaml',
      text: `# Made by \`bellwether dashboards build\`. Mount its folder \`dashboards\` where \`path\` says.
apiVersion: 1
providers:
  - name: Bellwether
    folder: Bellwether
    folderUid: bellwether
    type: file
    disableDeletion: true
    allowUiUpdates: false
    updateIntervalSeconds: 60
    options:
      path: ${DASHBOARD_FOLDER}
      foldersFromFilesStructure: false
`,
    },
  ];
}
