// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/quantity.h"
#include "models/base/state.h"
#include "widgets/common/sparkline.h"

#include <QtWidgets/QFrame>

#include <optional>

namespace atalaya::common {

/// One number: title 13/500, figure 28/600 with its unit, a hint line, a sparkline at the right. The figure has three
/// significant digits; the tool tip and Ctrl+C give it in full.
class StatTile : public QFrame
{
    Q_OBJECT
public:
    explicit StatTile(QWidget *parent = nullptr);

    void setTitle(const QString &title);
    /// NaN reads "no value".
    void setValue(double value, const QString &unit);
    /// A figure that is no number ("no calls", "not known").
    void setWords(const QString &words);
    void setHint(const QString &hint);
    /// Colours the figure and puts shape and word in the hint line's place; reset with no argument.
    void setState(std::optional<State> state, const QString &word = {});
    void setSparkline(SparklineValues values);
    void setStale(bool stale);
    /// What Ctrl+C copies.
    QString fullText() const { return m_full; }
    QString figure() const { return m_value.figure; }
    /// Without the card's own frame, for use inside a panel.
    void setFrameless(bool frameless);

    QSize sizeHint() const override { return {288, 92}; }
    QSize minimumSizeHint() const override { return {112, 76}; }

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void describe();
    QString m_title, m_hint, m_full, m_word;
    QuantityText m_value;
    std::optional<State> m_state;
    SparklineValues m_sparkline;
    bool m_stale = false;
    bool m_frameless = false;
};

} // namespace atalaya::common
