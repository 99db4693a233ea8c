// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/dashboards/dashboard_decoder.h"

#include <QtCore/QDir>
#include <QtCore/QFile>

#include "resources/resources.h"
#include <gmock/gmock.h>

using namespace Qt::Literals::StringLiterals;
using namespace atalaya;
using namespace atalaya::dashboards;
using testing::HasSubstr;

namespace {

Dashboard decoded(const QByteArray &bytes)
{
    const auto dashboard = decodeDashboard(bytes, u"board.json"_s);
    EXPECT_TRUE(dashboard) << qPrintable(dashboard ? QString() : sentenceFor(dashboard.error()));
    return dashboard.value_or(Dashboard{});
}

Panel panel(const QByteArray &json)
{
    const Dashboard dashboard = decoded(R"({"title":"t","panels":[)" + json + "]}");
    EXPECT_EQ(dashboard.panels.size(), 1);
    return dashboard.panels.value(0);
}

const QByteArray target = R"("targets":[{"refId":"A","expr":"up","legendFormat":"{{job}}"}])";

} // namespace

TEST(DashboardDecoder, ATimeSeriesOfToday)
{
    const Panel read = panel(R"({"id":3,"type":"timeseries","title":"T","gridPos":{"x":12,"y":4,"w":12,"h":8},
      "fieldConfig":{"defaults":{"unit":"s","min":0,"decimals":2,"custom":{"fillOpacity":10,"stacking":{"mode":"normal"}},
        "thresholds":{"mode":"absolute","steps":[{"color":"green","value":null},{"color":"red","value":80}]}}},)" +
                             target + "}");
    EXPECT_EQ(read.type, PanelType::TimeSeries);
    EXPECT_EQ(read.grid, QRect(12, 4, 12, 8));
    EXPECT_EQ(read.unit, u"s"_s);
    EXPECT_EQ(read.minimum, 0);
    EXPECT_TRUE(read.stacked);
    EXPECT_TRUE(read.filled);
    ASSERT_EQ(read.thresholds.size(), 2);
    EXPECT_TRUE(read.thresholds[0].isBase);
    EXPECT_EQ(read.thresholds[1], (Threshold{80, u"red"_s, false}));
    EXPECT_EQ(read.targets.first().legend, u"{{job}}"_s);
}

TEST(DashboardDecoder, AnOldGraphAndSingleStat)
{
    const Panel graph =
        panel(R"({"id":1,"type":"graph","stack":true,"fill":1,"yaxes":[{"format":"ms"},{"format":"short"}],
      "thresholds":[{"value":5,"colorMode":"critical","op":"gt"}],)" +
              target + "}");
    EXPECT_EQ(graph.type, PanelType::TimeSeries);
    EXPECT_EQ(graph.unit, u"ms"_s);
    EXPECT_TRUE(graph.stacked);
    EXPECT_EQ(graph.thresholds, (QList<Threshold>{{5, u"red"_s, false}}));
    const Panel stat =
        panel(R"({"id":1,"type":"singlestat","format":"percent","valueName":"current","thresholds":"50,80",
      "colors":["green","orange","red"],"valueMaps":[{"value":"1","text":"up"}],)" +
              target + "}");
    EXPECT_EQ(stat.type, PanelType::Stat);
    EXPECT_EQ(stat.reducer, u"lastNotNull"_s);
    EXPECT_EQ(stat.thresholds.size(), 3);
    EXPECT_EQ(stat.valueTexts.value(u"1"_s), u"up"_s);
}

TEST(DashboardDecoder, RowsOldAndFolded)
{
    const Dashboard old =
        decoded(R"({"title":"t","rows":[{"title":"R","height":"300px","panels":[{"type":"graph","span":6,)" + target +
                R"(},{"type":"graph","span":6,)" + target + R"(},{"type":"graph","span":12,)" + target + "}]}]}");
    ASSERT_EQ(old.panels.size(), 4);
    EXPECT_EQ(old.panels[0].type, PanelType::Row);
    EXPECT_EQ(old.panels[1].grid, QRect(0, 1, 12, 10));
    EXPECT_EQ(old.panels[2].grid, QRect(12, 1, 12, 10));
    EXPECT_EQ(old.panels[3].grid, QRect(0, 11, 24, 10));
    const Dashboard folded =
        decoded(R"({"title":"t","panels":[{"type":"row","title":"R","collapsed":true,"panels":[{"type":"stat",)" +
                target + "}]}]}");
    ASSERT_EQ(folded.panels.size(), 2);
    EXPECT_EQ(folded.panels[1].type, PanelType::Stat);
}

TEST(DashboardDecoder, WhatCannotBeDrawnSaysWhichTypeAndWhy)
{
    EXPECT_THAT(panel(R"({"type":"geomap",)" + target + "}").reason.toStdString(), HasSubstr("geomap"));
    EXPECT_THAT(panel(R"({"type":"timeseries"})").reason.toStdString(), HasSubstr("no query"));
    EXPECT_THAT(panel(R"({"type":"stat","targets":[{"rawSql":"select 1"}]})").reason.toStdString(),
                HasSubstr("PromQL"));
    EXPECT_EQ(panel(R"({"title":"nameless"})").type, PanelType::Unsupported);
    EXPECT_EQ(panel(R"({"type":"text","options":{"content":"hello"}})").content, u"hello"_s);
}

TEST(DashboardDecoder, VariablesWithOptionsAndCurrent)
{
    const Dashboard dashboard = decoded(R"json({"title":"t","panels":[],"templating":{"list":[
      {"name":"priority","type":"custom","query":"high, normal","multi":true,"includeAll":true,"allValue":".+","current":{"value":["high","normal"]}},
      {"name":"job","type":"query","query":{"query":"label_values(up, job)"},"current":{"value":"a"},"hide":2},{"type":"custom"}]}})json");
    ASSERT_EQ(dashboard.variables.size(), 2);
    EXPECT_EQ(dashboard.variables[0].options, (QStringList{u"high"_s, u"normal"_s}));
    EXPECT_EQ(dashboard.variables[0].current, (QStringList{u"high"_s, u"normal"_s}));
    EXPECT_EQ(dashboard.variables[0].allValue, u".+"_s);
    EXPECT_EQ(dashboard.variables[1].current, QStringList{u"a"_s});
    EXPECT_TRUE(dashboard.variables[1].allValue.isEmpty());
    EXPECT_EQ(dashboard.variables[1].query, u"label_values(up, job)"_s);
    EXPECT_TRUE(dashboard.variables[1].hidden);
}

TEST(DashboardDecoder, WhatIsNoDashboardIsOneSentence)
{
    for (const QByteArray &bytes :
         {QByteArray(), QByteArray("{"), QByteArray("[]"), QByteArray("{}"), QByteArray(R"({"panels":{}})"),
          QByteArray(R"({"dashboard":{"title":"x"}})"), QByteArray("<html>")}) {
        const auto dashboard = decodeDashboard(bytes, u"board.json"_s);
        ASSERT_FALSE(dashboard) << bytes.constData();
        EXPECT_THAT(sentenceFor(dashboard.error()).toStdString(), HasSubstr("board.json"));
    }
}

TEST(DashboardDecoder, OddTypesInsideAPanelLoseOnlyThatPart)
{
    const Panel odd = panel(
        R"({"id":"7","type":"stat","title":5,"gridPos":{"x":-3,"y":"2","w":99,"h":0},"fieldConfig":{"defaults":{"thresholds":[]}},
      "targets":[5,{"expr":7},{"expr":"up"}]})");
    EXPECT_EQ(odd.type, PanelType::Stat);
    EXPECT_EQ(odd.grid, QRect(0, 2, 24, 1));
    EXPECT_EQ(odd.targets.size(), 2);
}

TEST(ShippedDashboards, HoldEveryQueryOfTheSpecificationAndAreWhollyDrawn)
{
    registerAtalayaResources();
    QStringList shipped;
    const QDir folder(u":/dashboards"_s);
    const QStringList names = folder.entryList({u"*.json"_s});
    EXPECT_EQ(names.size(), 5);
    for (const QString &name : names) {
        const auto dashboard = readDashboard(folder.filePath(name));
        ASSERT_TRUE(dashboard) << qPrintable(name);
        for (const Panel &each : dashboard->panels) {
            EXPECT_NE(each.type, PanelType::Unsupported) << qPrintable(each.title + u": "_s + each.reason);
            for (const Target &query : each.targets)
                shipped += query.expr;
        }
    }
    QFile list(QStringLiteral(ATALAYA_SOURCE_DIR "/tests/fixtures/dashboards/ai-proveedores-queries.txt"));
    ASSERT_TRUE(list.open(QIODevice::ReadOnly));
    for (const QByteArray &line : list.readAll().split('\n')) {
        if (line.isEmpty())
            continue;
        EXPECT_TRUE(shipped.contains(QString::fromUtf8(line))) << line.constData();
    }
}

TEST(DashboardDecoder, WhatIsNotDrawnAsWrittenIsNoted)
{
    const Panel read = panel(R"({"type":"timeseries","repeat":"job","transformations":[{"id":"merge"}],"timeFrom":"2h",
      "fieldConfig":{"overrides":[{"matcher":{}}]},"targets":[{"expr":"up"},{"expr":"{a=\"b\"}","datasource":{"type":"loki","uid":"x"}}]})");
    EXPECT_EQ(read.type, PanelType::TimeSeries);
    ASSERT_EQ(read.targets.size(), 1);
    const std::string notes = read.notes.join(u'\n').toStdString();
    for (const char *part : {"\"merge\"", "field overrides", "$job", "time range", "\"loki\""})
        EXPECT_THAT(notes, HasSubstr(part));
    EXPECT_TRUE(panel(R"({"type":"timeseries",)" + target + "}").notes.isEmpty());
    EXPECT_EQ(panel(R"({"type":"bargauge",)" + target + "}").type, PanelType::Gauge);
}

TEST(DashboardDecoder, DataOfAnotherKindOfSourceIsNotAskedOfPrometheus)
{
    EXPECT_THAT(
        panel(R"({"type":"timeseries","datasource":{"type":"loki","uid":"x"},)" + target + "}").reason.toStdString(),
        HasSubstr("\"loki\""));
    EXPECT_EQ(panel(R"({"type":"timeseries","datasource":{"type":"prometheus","uid":"x"},)" + target + "}").type,
              PanelType::TimeSeries);
    EXPECT_EQ(panel(R"({"type":"timeseries","datasource":"${DS_PROMETHEUS}",)" + target + "}").type,
              PanelType::TimeSeries);
    EXPECT_THAT(panel(R"({"type":"timeseries","libraryPanel":{"uid":"x"},)" + target + "}").reason.toStdString(),
                HasSubstr("library panel"));
}

TEST(DashboardDecoder, PanelsOfAFoldedRowPushDownWhatStandsBelow)
{
    const QByteArray stat = R"({"type":"stat",)" + target + R"(,"gridPos":{"x":0,"y":1,"w":6,"h":4}})";
    const Dashboard dashboard = decoded(R"({"title":"t","panels":[
      {"type":"row","title":"A","collapsed":true,"gridPos":{"x":0,"y":0,"w":24,"h":1},"panels":[)" +
                                        stat + R"(]},
      {"type":"row","title":"B","collapsed":false,"panels":[],"gridPos":{"x":0,"y":1,"w":24,"h":1}},
      {"type":"graph",)" + target + R"(,"gridPos":{"x":0,"y":2,"w":24,"h":8}}]})");
    ASSERT_EQ(dashboard.panels.size(), 4);
    EXPECT_TRUE(dashboard.panels[0].collapsed);
    EXPECT_FALSE(dashboard.panels[2].collapsed);
    EXPECT_EQ(dashboard.panels[1].grid, QRect(0, 1, 6, 4));
    EXPECT_EQ(dashboard.panels[2].grid, QRect(0, 5, 24, 1));
    EXPECT_EQ(dashboard.panels[3].grid, QRect(0, 6, 24, 8));
}
