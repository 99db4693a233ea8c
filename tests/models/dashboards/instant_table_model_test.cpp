// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/dashboards/instant_table_model.h"

#include <QtTest/QAbstractItemModelTester>
#include <QtTest/QSignalSpy>

#include <gtest/gtest.h>

using namespace Qt::Literals::StringLiterals;

namespace atalaya::dashboards {
namespace {

metrics::Series instantSeries(const Labels &labels, std::vector<double> values)
{
    metrics::Series series;
    series.labels = labels;
    series.times.resize(values.size());
    series.values = std::move(values);
    return series;
}

QString printedTable(const InstantTableModel &model)
{
    QStringList lines;
    QStringList head;
    for (int c = 0; c < model.columnCount(); ++c)
        head.append(model.headerData(c, Qt::Horizontal).toString());
    lines.append(head.join(u" | "_s));
    for (int r = 0; r < model.rowCount(); ++r) {
        QStringList cells;
        for (int c = 0; c < model.columnCount(); ++c)
            cells.append(model.index(r, c).data().toString());
        lines.append(cells.join(u" | "_s));
    }
    return lines.join(u'\n');
}

TEST(InstantTable, JoinsQueriesByLabelsAndSaysWhatIsMissing)
{
    InstantTableModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    metrics::QueryResult a, b;
    a.series = {instantSeries({{u"instance"_s, u"x"_s}}, {0}), instantSeries({{u"instance"_s, u"y"_s}}, {2})};
    b.series = {instantSeries({{u"instance"_s, u"y"_s}}, {0.25})};
    model.show({{u"state"_s, &a}, {u"share"_s, &b}}, u"short"_s, {{u"0"_s, u"closed"_s}});
    EXPECT_EQ(printedTable(model), u"instance | state | share\nx | closed | no value\ny | 2 | 0.250"_s);
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    QSignalSpy columns(&model, &QAbstractItemModel::columnsInserted);
    a.series.front().values = {5};
    model.show({{u"state"_s, &a}, {u"share"_s, &b}}, u"short"_s, {});
    EXPECT_EQ(printedTable(model), u"instance | state | share\nx | 5 | no value\ny | 2 | 0.250"_s);
    EXPECT_EQ(reset.count() + columns.count(), 0);
    a.series.front().labels[u"job"_s] = u"api"_s;
    model.show({{u"state"_s, &a}}, u"short"_s, {});
    EXPECT_EQ(printedTable(model), u"instance | job | state\nx | api | 5\ny |  | 2"_s);
}

} // namespace
} // namespace atalaya::dashboards
