// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QSettings>
#include <QtCore/QString>

namespace atalaya::console {

/// What the console remembers between runs, in the operator's own settings file (or in `file`, for tests). No secret,
/// and nothing that another machine would need.
class SettingsFile
{
public:
    SettingsFile();
    explicit SettingsFile(const QString &file);

    QString lastWorkspace() const;
    void setLastWorkspace(const QString &file);
    QString theme() const; ///< "dark", "light", "high-contrast"; empty: follow the system
    void setTheme(const QString &name);
    QString lastPage() const;
    void setLastPage(const QString &page);
    QByteArray windowGeometry() const;
    void setWindowGeometry(const QByteArray &geometry);

private:
    QString text(const char *key) const;

    QSettings m_settings;
};

} // namespace atalaya::console
