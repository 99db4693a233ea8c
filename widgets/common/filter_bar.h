// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtWidgets/QLineEdit>
#include <QtWidgets/QWidget>

class QHBoxLayout;
class QLabel;

namespace atalaya::common {

/// A field with a glass or a funnel at its left, a count at its right ("10 firing, 4 pending") and Escape to empty it.
class SearchField : public QLineEdit
{
    Q_OBJECT
public:
    enum class Kind
    {
        Search,
        Filter
    };
    explicit SearchField(const QString &placeholder, Kind kind = Kind::Search, QWidget *parent = nullptr);
    void setCount(const QString &words);
    /// Critical border and the reason in the tool tip; empty means the text is fine.
    void setProblem(const QString &reason);

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void placeCount();
    QLabel *m_count;
    Kind m_kind;
};

/// The tool bar of a page, 44 px with a hairline below: widgets from the left, a stretch, widgets at the right.
class FilterBar : public QWidget
{
    Q_OBJECT
public:
    explicit FilterBar(QWidget *parent = nullptr);
    void addLeft(QWidget *widget, int stretch = 0);
    void addRight(QWidget *widget);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QHBoxLayout *m_left;
    QHBoxLayout *m_right;
};

} // namespace atalaya::common
