// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/theme/theme.h"

#include <QtCore/QRectF>
#include <QtWidgets/QWidget>

#include <optional>
#include <vector>

namespace atalaya::common {

/// What a sparkline shows. `times` ascend; any unit, the same as `from`, `to` and `beganAt`. NaN is a gap and stays
/// one.
struct SparklineValues
{
    std::vector<double> times;
    std::vector<double> values;
    double from = 0; ///< the page's whole range
    double to = 1;
    bool stale = false;            ///< dashed, grey, without the dot
    std::optional<double> beganAt; ///< dotted mark where the incident began

    bool isEmpty() const { return values.empty(); }
    bool operator==(const SparklineValues &) const = default;
};

/// Hue 1, own scale from 0 (or from the lowest value where that is below 0), 12 % fill, dot on the last value. Nothing
/// but the base line when there is no value. For delegates and widgets.
void paintSparkline(QPainter &painter, const QRectF &area, const SparklineValues &values, const theme::Theme &theme);

/// The same as a widget; its accessible name is what `setSummary` says ("27.4 %, rising since 03:02"), since a curve
/// has none.
class Sparkline : public QWidget
{
    Q_OBJECT
public:
    explicit Sparkline(QWidget *parent = nullptr);
    void setValues(SparklineValues values);
    const SparklineValues &values() const { return m_values; }
    void setSummary(const QString &summary);
    QSize sizeHint() const override { return {108, 36}; }
    QSize minimumSizeHint() const override { return {36, 14}; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    SparklineValues m_values;
};

} // namespace atalaya::common
