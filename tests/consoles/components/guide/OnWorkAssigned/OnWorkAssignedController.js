({
  heard: function (component, event, helper) {
    console.log("heard WorkAssigned");
    console.log("workItemId = " + event.getParam("workItemId"));
    console.log("workId = " + event.getParam("workId"));
  }
})
