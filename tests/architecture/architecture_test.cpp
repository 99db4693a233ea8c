// SPDX-License-Identifier: GPL-3.0-or-later
// Reads the source tree and fails on an include that breaks the table "Who may include whom", on a file in the wrong
// place or without its licence line. Linking alone does not catch these: <QtWidgets/QWidget> compiles without the
// library.

#include <QtCore/QDir>
#include <QtCore/QDirIterator>
#include <QtCore/QFile>
#include <QtCore/QRegularExpression>
#include <QtCore/QSet>

#include <gtest/gtest.h>

using namespace Qt::Literals::StringLiterals;

namespace {

QString root()
{
    return QStringLiteral(ATALAYA_SOURCE_DIR);
}

QStringList sources(const QStringList &folders)
{
    QStringList files;
    for (const QString &folder : folders) {
        QDirIterator it(root() + u'/' + folder, {u"*.h"_s, u"*.cpp"_s}, QDir::Files, QDirIterator::Subdirectories);
        while (it.hasNext())
            files += QDir(root()).relativeFilePath(it.next());
    }
    files.sort();
    return files;
}

QString contentOf(const QString &file)
{
    QFile f(root() + u'/' + file);
    return f.open(QIODevice::ReadOnly) ? QString::fromUtf8(f.readAll()) : QString();
}

struct Include
{
    QString path;
    bool ours = false;
};

QList<Include> includesOf(const QString &text)
{
    static const QRegularExpression line(u"^\\s*#\\s*include\\s*([<\"])([^>\"]+)[>\"]"_s,
                                         QRegularExpression::MultilineOption);
    QList<Include> found;
    for (auto it = line.globalMatch(text); it.hasNext();) {
        const auto match = it.next();
        found.append({match.captured(2), match.captured(1) == u"\""});
    }
    return found;
}

/// "models/alerts" of "models/alerts/alert_store.h".
QString folderOf(const QString &path)
{
    return path.section(u'/', 0, -2);
}

bool isValueHeader(const QString &path)
{
    static const QRegularExpression role(
        u"_(decoder|client|store|table_model|matrix_model|adapter|page|panel|dialog|delegate|decoration)\\.h$"_s);
    return path.endsWith(u".h") && !role.match(path).hasMatch();
}

/// Folders of ours that a folder may include whole, and those of which only value headers may be included.
struct Rule
{
    QStringList whole;
    QStringList values;
    QString libraries; ///< regular expression over system includes with a library's folder or a Qt module
};

const QString qtCore = u"^QtCore/"_s;
const QStringList features{u"workspace"_s, u"metrics"_s, u"dashboards"_s, u"alerts"_s,  u"health"_s,   u"breakers"_s,
                           u"flags"_s,     u"control"_s, u"journal"_s,    u"startup"_s, u"overview"_s, u"refresh"_s};

QStringList allFeatures()
{
    QStringList folders{u"models/base"_s};
    for (const QString &feature : features)
        folders += u"models/"_s + feature;
    return folders;
}

std::optional<Rule> ruleFor(const QString &file)
{
    const QString folder = folderOf(file);
    const QString layer = folder.section(u'/', 0, 0);
    const QString name = folder.section(u'/', 1, 1);
    const bool decodes = file.contains(u"_decoder") || file.contains(u"_adapter") || file.contains(u"_client");
    if (layer == u"models") {
        if (name == u"base")
            return Rule{{}, {}, u"^(QtCore/|tl/)"_s};
        if (name == u"http")
            return Rule{{u"models/base"_s}, {}, u"^(QtCore/|QtNetwork/|zlib|nlohmann/)"_s};
        if (name == u"refresh")
            return Rule{{u"models/base"_s}, {}, qtCore};
        if (name == u"startup")
            return Rule{allFeatures() + QStringList{u"models/http"_s}, {}, qtCore};
        if (name == u"overview") // judges what the stores know, so it stands on them as start-up checks do
            return Rule{allFeatures(), {}, qtCore};
        Rule rule{{u"models/base"_s, u"models/http"_s, u"models/refresh"_s}, {u"models/workspace"_s}, qtCore};
        if (name == u"alerts" || name == u"breakers" || name == u"flags")
            rule.whole += u"models/control"_s;
        if (name == u"dashboards")
            rule.whole += u"models/metrics"_s;
        if (name == u"control")
            rule.whole += u"models/journal"_s;
        QString libraries = u"^(QtCore/"_s;
        if (decodes)
            libraries += u"|nlohmann/"_s;
        if (name == u"metrics" && file.contains(u"matrix_decoder"))
            libraries += u"|simdjson"_s;
        if (name == u"journal")
            libraries += u"|QtSql/"_s;
        if (name == u"workspace")
            libraries += u"|qt6keychain/"_s;
        rule.libraries = libraries + u")"_s;
        return rule;
    }
    if (layer == u"widgets") {
        const QString looks = u"^(QtCore/|QtGui/|QtWidgets/|QtSvg/)"_s;
        if (name == u"theme")
            return Rule{{u"models/base"_s}, {}, looks};
        if (name == u"common")
            return Rule{{u"models/base"_s, u"widgets/theme"_s}, {}, looks};
        if (name == u"charts")
            return Rule{{u"models/base"_s, u"widgets/theme"_s},
                        {u"models/metrics"_s},
                        u"^(QtCore/|QtGui/|QtWidgets/|QtSvg/|QtCharts/)"_s};
        const QStringList base =
            allFeatures() + QStringList{u"widgets/theme"_s, u"widgets/common"_s, u"widgets/charts"_s};
        if (name == u"shell")
            return Rule{base + QStringList{u"widgets/*"_s}, {}, looks};
        return Rule{base, {}, looks};
    }
    if (layer == u"app") {
        if (name == u"fleet")
            return Rule{{u"models/base"_s}, {}, u"^(QtCore/|QtNetwork/|QtHttpServer/|prometheus/|nlohmann/|spdlog/)"_s};
        if (name == u"stack")
            return Rule{{u"models/base"_s, u"models/http"_s}, {}, u"^(QtCore/|QtNetwork/)"_s};
        if (name == u"console")
            return Rule{{u"models/*"_s, u"widgets/*"_s, u"app/stack"_s},
                        {},
                        u"^(QtCore/|QtGui/|QtWidgets/|QtNetwork/|QtDBus/|nlohmann/|spdlog/)"_s};
    }
    return std::nullopt;
}

bool isMocOutput(const QString &path)
{
    return path.endsWith(u".moc") || path.startsWith(u"moc_");
}

bool allowed(const Rule &rule, const QString &file, const Include &include)
{
    if (!include.ours) {
        // The standard library and the system's own headers have no folder of a library.
        static const QRegularExpression library(u"^(Qt[A-Za-z]+(/|$)|[a-z0-9_-]+/|zlib|simdjson)"_s);
        static const QRegularExpression system(u"^(sys|bits|linux|netinet|arpa)/"_s);
        if (!library.match(include.path).hasMatch() || system.match(include.path).hasMatch())
            return true;
        return QRegularExpression(rule.libraries).match(include.path).hasMatch();
    }
    if (isMocOutput(include.path) || include.path.startsWith(u"resources/resources.h") ||
        folderOf(include.path) == folderOf(file))
        return true;
    const QString folder = folderOf(include.path);
    for (const QString &whole : rule.whole) {
        if (whole == folder || (whole.endsWith(u"/*") && folder.startsWith(whole.chopped(1))))
            return true;
    }
    return rule.values.contains(folder) && isValueHeader(include.path);
}

} // namespace

TEST(Architecture, EveryIncludeKeepsTheTable)
{
    for (const QString &file : sources({u"models"_s, u"widgets"_s, u"app"_s})) {
        const auto rule = ruleFor(file);
        ASSERT_TRUE(rule) << "no rule for the folder of " << qPrintable(file);
        for (const Include &include : includesOf(contentOf(file)))
            EXPECT_TRUE(allowed(*rule, file, include))
                << qPrintable(file) << " may not include " << qPrintable(include.path);
    }
}

TEST(Architecture, OnlyOneFileIncludesQtHttpServer)
{
    QStringList found;
    for (const QString &file : sources({u"app"_s})) {
        for (const Include &include : includesOf(contentOf(file))) {
            if (include.path.contains(u"HttpServer"))
                found += file;
        }
    }
    found.removeDuplicates();
    EXPECT_LE(found.size(), 1) << qPrintable(found.join(u' '));
}

TEST(Architecture, OwnIncludesAreWrittenFromTheRoot)
{
    for (const QString &file : sources({u"models"_s, u"widgets"_s, u"app"_s, u"tests"_s})) {
        for (const Include &include : includesOf(contentOf(file))) {
            if (include.ours && !isMocOutput(include.path)) {
                EXPECT_TRUE(QFile::exists(root() + u'/' + include.path))
                    << qPrintable(file) << ": " << qPrintable(include.path);
            }
        }
    }
}

TEST(Architecture, EverySourceCarriesItsLicenceLine)
{
    for (const QString &file :
         sources({u"models"_s, u"widgets"_s, u"app"_s, u"tests"_s, u"resources"_s, u"packaging"_s}))
        EXPECT_TRUE(contentOf(file).startsWith(u"// SPDX-License-Identifier: GPL-3.0-or-later\n")) << qPrintable(file);
}

TEST(Architecture, EveryFolderHasAReadme)
{
    QSet<QString> folders;
    for (const QString &file : sources({u"models"_s, u"widgets"_s, u"app"_s}))
        folders.insert(folderOf(file));
    for (const QString &folder : std::as_const(folders))
        EXPECT_TRUE(QFile::exists(root() + u'/' + folder + u"/README.md"_s)) << qPrintable(folder);
}

TEST(Architecture, TheTopLevelIsFixed)
{
    const QSet<QString> permitted{
        u"CMakeLists.txt"_s, u"CMakePresets.json"_s, u"LICENSE"_s, u"README.md"_s, u"app"_s,   u"models"_s,
        u"widgets"_s,        u"resources"_s,         u"tests"_s,   u"packaging"_s, u"build"_s, u"atalaya.png"_s};
    const QStringList entries = QDir(root()).entryList(QDir::AllEntries | QDir::NoDotAndDotDot);
    for (const QString &entry : entries)
        EXPECT_TRUE(permitted.contains(entry)) << qPrintable(entry);
}

TEST(Architecture, ModelsKnowNoLooks)
{
    static const QRegularExpression looks(u"\\b(QColor|QIcon|QFont|QWidget|QPixmap|QPainter)\\b"_s);
    for (const QString &file : sources({u"models"_s}))
        EXPECT_FALSE(looks.match(contentOf(file)).hasMatch()) << qPrintable(file);
}

TEST(Architecture, NoBlanketTrustAndNoNestedLoop)
{
    static const QRegularExpression forbidden(
        u"ignoreSslErrors\\(\\)|processEvents|QEventLoop|sleep_for|msleep|::instance\\(\\)"_s);
    for (const QString &file : sources({u"models"_s, u"widgets"_s, u"app"_s})) {
        const auto match = forbidden.match(contentOf(file));
        EXPECT_FALSE(match.hasMatch()) << qPrintable(file) << ": " << qPrintable(match.captured());
    }
}
