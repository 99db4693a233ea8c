// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/stack/server_programs.h"

#include <QtCore/QDir>
#include <QtCore/QFileInfo>
#include <QtCore/QStandardPaths>

namespace atalaya::stack {

using namespace Qt::Literals::StringLiterals;

namespace {

QString executableAt(const QString &path)
{
    const QFileInfo file(path);
    return file.isFile() && file.isExecutable() ? file.absoluteFilePath() : QString();
}

QString executableBelow(const QString &folder, const QStringList &names)
{
    if (folder.isEmpty())
        return {};
    for (const QString &name : names) {
        for (const QString &place : {u"/usr/bin/"_s, u"/bin/"_s, u"/"_s}) {
            if (const QString found = executableAt(folder + place + name); !found.isEmpty())
                return found;
        }
    }
    return {};
}

QString executableOnPath(const QProcessEnvironment &environment, const QStringList &names)
{
    const QStringList folders = environment.value(u"PATH"_s).split(QDir::listSeparator(), Qt::SkipEmptyParts);
    if (folders.isEmpty())
        return {};
    for (const QString &name : names) {
        if (const QString found = QStandardPaths::findExecutable(name, folders); !found.isEmpty())
            return found;
    }
    return {};
}

QString cacheFolder(const QProcessEnvironment &environment)
{
    QString cache = environment.value(u"XDG_CACHE_HOME"_s);
    if (cache.isEmpty())
        cache = environment.value(u"HOME"_s, QDir::homePath()) + u"/.cache"_s;
    return cache + u"/atalaya/servers"_s;
}

QString findServer(const QString &wished, const QStringList &names, const QProcessEnvironment &environment)
{
    if (!wished.isEmpty())
        return executableAt(wished);
    if (const QString found = executableBelow(environment.value(u"ATALAYA_SERVERS_DIR"_s), names); !found.isEmpty())
        return found;
    if (const QString found = executableOnPath(environment, names); !found.isEmpty())
        return found;
    return executableBelow(cacheFolder(environment), names);
}

QString findFleet(const QString &wished, const QProcessEnvironment &environment, const QString &ownFolder)
{
    if (!wished.isEmpty())
        return executableAt(wished);
    const QString name = u"atalaya-fleet"_s;
    for (const QString &folder : {ownFolder, ownFolder + u"/../libexec/atalaya"_s, ownFolder + u"/../lib/atalaya"_s}) {
        if (const QString found = executableAt(QDir::cleanPath(folder + u'/' + name)); !found.isEmpty())
            return found;
    }
    return executableOnPath(environment, {name});
}

tl::unexpected<Error> missing(const QString &program, const QString &wished)
{
    if (!wished.isEmpty())
        return failure(ErrorKind::NotFound, wished, u"is not a program that can be run"_s);
    return failure(
        ErrorKind::NotFound, program,
        u"is neither in $ATALAYA_SERVERS_DIR, nor on $PATH, nor in the cache folder; packaging/fetch_servers.sh "
        "fetches it without installing anything"_s);
}

} // namespace

Result<ServerPrograms> findServerPrograms(const ProgramWishes &wishes, const QProcessEnvironment &environment,
                                          const QString &ownFolder)
{
    ServerPrograms programs;
    programs.prometheus = findServer(wishes.prometheus, {u"prometheus"_s}, environment);
    if (programs.prometheus.isEmpty())
        return missing(u"prometheus"_s, wishes.prometheus);
    programs.alertmanager =
        findServer(wishes.alertmanager, {u"prometheus-alertmanager"_s, u"alertmanager"_s}, environment);
    if (programs.alertmanager.isEmpty())
        return missing(u"prometheus-alertmanager"_s, wishes.alertmanager);
    programs.promtool = executableAt(QFileInfo(programs.prometheus).absolutePath() + u"/promtool"_s);
    if (programs.promtool.isEmpty())
        programs.promtool = findServer({}, {u"promtool"_s}, environment);
    if (programs.promtool.isEmpty())
        return missing(u"promtool"_s, {});
    programs.fleet = findFleet(wishes.fleet, environment, ownFolder);
    if (programs.fleet.isEmpty()) {
        if (!wishes.fleet.isEmpty())
            return missing({}, wishes.fleet);
        return failure(ErrorKind::NotFound, u"atalaya-fleet"_s,
                       u"is neither beside this program nor on $PATH; it is built and installed with it"_s);
    }
    return programs;
}

} // namespace atalaya::stack
