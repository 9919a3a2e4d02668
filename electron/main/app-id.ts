/**
 * By what the system knows the app. Windows shows notices only of an app whose identity is that of its entry in
 * the Start menu, which the installer makes (`appId` in build/electron-builder.yml).
 */
export const APP_ID = 'org.mailkeep.Mailkeep';
