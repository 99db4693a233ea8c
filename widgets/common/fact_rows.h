// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/theme/fonts.h"
#include "widgets/theme/theme.h"

#include <QtCore/QList>
#include <QtCore/QString>
#include <QtWidgets/QWidget>

namespace atalaya::common {

/// One line of a side panel: what, and what it is.
struct Fact
{
    QString label;
    QString value;
    theme::Token tone = theme::Token::Text1;
    bool mono = false;
    QString toolTip;

    bool operator==(const Fact &) const = default;
};

/// Facts that change with every refresh: labels at the left, values right of them, wrapped where they are long. Painted
/// by one widget, so that a change repaints and never rebuilds. Small ones have a label column that stays as wide as it
/// is, whatever the labels.
class FactRows final : public QWidget
{
    Q_OBJECT
public:
    explicit FactRows(QWidget *parent = nullptr, theme::TextSize size = theme::TextSize::Body);

    void setFacts(const QList<Fact> &facts);
    const QList<Fact> &facts() const { return m_facts; }
    /// Text of the fact with this label, empty where there is none.
    QString valueOf(const QString &label) const;

    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    bool event(QEvent *event) override;

private:
    QFont fontOf(const Fact &fact) const;
    int labelWidth(int width) const;
    int rowHeight(const Fact &fact, int width) const;

    theme::TextSize m_size;
    QList<Fact> m_facts;
};

} // namespace atalaya::common
