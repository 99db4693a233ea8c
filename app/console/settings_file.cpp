// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/settings_file.h"

namespace atalaya::console {

SettingsFile::SettingsFile()
    : m_settings(QSettings::IniFormat, QSettings::UserScope, QStringLiteral("atalaya"), QStringLiteral("atalaya"))
{
}

SettingsFile::SettingsFile(const QString &file) : m_settings(file, QSettings::IniFormat) {}

QString SettingsFile::text(const char *key) const
{
    return m_settings.value(QLatin1StringView(key)).toString();
}

QString SettingsFile::lastWorkspace() const
{
    return text("workspace");
}

void SettingsFile::setLastWorkspace(const QString &file)
{
    m_settings.setValue(QStringLiteral("workspace"), file);
}

QString SettingsFile::theme() const
{
    return text("theme");
}

void SettingsFile::setTheme(const QString &name)
{
    m_settings.setValue(QStringLiteral("theme"), name);
}

QString SettingsFile::lastPage() const
{
    return text("page");
}

void SettingsFile::setLastPage(const QString &page)
{
    m_settings.setValue(QStringLiteral("page"), page);
}

QByteArray SettingsFile::windowGeometry() const
{
    return m_settings.value(QStringLiteral("geometry")).toByteArray();
}

void SettingsFile::setWindowGeometry(const QByteArray &geometry)
{
    m_settings.setValue(QStringLiteral("geometry"), geometry);
}

} // namespace atalaya::console
